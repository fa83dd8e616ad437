/** An upstream instrumentation and the libraries whose first use loads it. */
export interface LongTailRow {
  /** The short name, as in `OTEL_NODE_ENABLED_INSTRUMENTATIONS`; the package is `@opentelemetry/instrumentation-<name>`. */
  readonly name: string;
  /** The class that the package exports. */
  readonly className: string;
  /** Empty: loaded at start, when it is enabled. */
  readonly libraries: readonly string[];
}

const row = (name: string, className: string, ...libraries: string[]): LongTailRow => ({
  name,
  className,
  libraries,
});

/**
 * Every instrumentation of @opentelemetry/auto-instrumentations-node but those that are ours (http, express, undici, pg, redis,
 * ioredis, mysql2) and runtime-node, which always runs. A test holds the table equal to upstream's.
 */
export const longTail: readonly LongTailRow[] = [
  row('amqplib', 'AmqplibInstrumentation', 'amqplib'),
  row(
    'aws-sdk',
    'AwsInstrumentation',
    '@aws-sdk/middleware-stack',
    '@smithy/middleware-stack',
    '@smithy/core',
    '@aws-sdk/smithy-client',
    '@smithy/smithy-client',
  ),
  row('bunyan', 'BunyanInstrumentation', 'bunyan'),
  row('cassandra-driver', 'CassandraDriverInstrumentation', 'cassandra-driver'),
  row('connect', 'ConnectInstrumentation', 'connect'),
  row('cucumber', 'CucumberInstrumentation', '@cucumber/cucumber'),
  row('dataloader', 'DataloaderInstrumentation', 'dataloader'),
  row('generic-pool', 'GenericPoolInstrumentation', 'generic-pool'),
  row('graphql', 'GraphQLInstrumentation', 'graphql'),
  row('grpc', 'GrpcInstrumentation', '@grpc/grpc-js'),
  row('hapi', 'HapiInstrumentation', '@hapi/hapi'),
  row('kafkajs', 'KafkaJsInstrumentation', 'kafkajs'),
  row('knex', 'KnexInstrumentation', 'knex'),
  row('koa', 'KoaInstrumentation', 'koa'),
  row('lru-memoizer', 'LruMemoizerInstrumentation', 'lru-memoizer'),
  row('memcached', 'MemcachedInstrumentation', 'memcached'),
  row('mongodb', 'MongoDBInstrumentation', 'mongodb'),
  row('mongoose', 'MongooseInstrumentation', 'mongoose'),
  row('mysql', 'MySQLInstrumentation', 'mysql'),
  row('nestjs-core', 'NestInstrumentation', '@nestjs/core'),
  row('openai', 'OpenAIInstrumentation', 'openai'),
  row('oracledb', 'OracleInstrumentation', 'oracledb'),
  row('pino', 'PinoInstrumentation', 'pino'),
  row('restify', 'RestifyInstrumentation', 'restify'),
  row('router', 'RouterInstrumentation', 'router'),
  row('socket.io', 'SocketIoInstrumentation', 'socket.io'),
  row('tedious', 'TediousInstrumentation', 'tedious'),
  row('winston', 'WinstonInstrumentation', 'winston'),
  row('aws-lambda', 'AwsLambdaInstrumentation'),
  row('dns', 'DnsInstrumentation'),
  row('fs', 'FsInstrumentation'),
  row('host-metrics', 'HostMetricsInstrumentation'),
  row('net', 'NetInstrumentation'),
];
