export type { Attributes, AttributesFilter, AttributeValue } from './attributes.ts';
export {
  type Certificate,
  type CertificateAuthority,
  certificateAuthority,
  serverTls,
} from './certificates.ts';
export { decodeOtlp } from './decode-otlp.ts';
export { freePort } from './free-port.ts';
export type { ExponentialBuckets, MetricPoint } from './metric-points.ts';
export { onFreePort } from './on-free-port.ts';
export type { Signal } from './otlp-messages.ts';
export {
  type Fault,
  type OtlpReceiver,
  type OtlpRequest,
  startOtlpReceiver,
} from './otlp-receiver.ts';
export { type PollOptions, pollUntil } from './poll-until.ts';
export { postgresClients } from './postgres-clients.ts';
export type { ReceivedLog } from './received-logs.ts';
export { type ReceivedSpan, receivedSpans } from './received-spans.ts';
export { type Exit, type Program, type RunProgramOptions, runProgram } from './run-program.ts';
export { type PostgresServer, startPostgres } from './start-postgres.ts';
export { type RedisServer, startRedis } from './start-redis.ts';
