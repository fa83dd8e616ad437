/** A library beside servers and databases, and what the program that tries it must see. */
export interface Library {
  readonly name: string;
  readonly versions: string;
  readonly file: string;
  readonly env: Readonly<Record<string, string>>;
  /** The spans that its instrumentation makes, each once, sorted: name, parent and tenant. */
  readonly spans: readonly string[];
  /** What the program prints, which says whose tenant is known there. */
  readonly prints: string;
  /** What the page says of its trace, of its tenant, and who sees it. */
  readonly trace: string;
  readonly tenant: string;
  readonly by: string;
}

const upstream = (name: string) => `OpenTelemetry's instrumentation of ${name}`;

export const libraries: readonly Library[] = [
  ...['import', 'require'].map(
    (way): Library => ({
      name: `GraphQL: \`graphql\`, by \`${way}\``,
      versions: '16; 17 is newer than its instrumentation',
      file: 'library-graphql.mjs',
      env: { WAY: way },
      spans: [
        'graphql.parse in GET of acme',
        'graphql.parseSchema in nothing of nobody',
        'graphql.resolve user in query One of acme',
        'graphql.resolve user.id in graphql.resolve user of acme',
        'graphql.resolve user.name in graphql.resolve user of acme',
        'graphql.validate in GET of acme',
        'query One in GET of acme',
      ],
      prints: '{"data":{"user":{"id":"1","name":"a name"}}}',
      trace: 'of the request; the operation, and each field that is resolved',
      tenant: 'of the request',
      by: upstream('GraphQL'),
    }),
  ),
  {
    name: 'Socket.IO on WebSockets',
    versions: '4',
    file: 'library-socket-io.mjs',
    env: { TRANSPORT: 'websocket' },
    spans: ['receive / in receive websocket of acme'],
    prints: 'hello anna of acme',
    trace: 'each message one of its own, linked to the request for the socket; its event below',
    tenant: 'that of the connection, for as long as it lives',
    by: `ours (\`ws\`), and ${upstream('Socket.IO')}`,
  },
  {
    name: 'Socket.IO by polling',
    versions: '4',
    file: 'library-socket-io.mjs',
    env: { TRANSPORT: 'polling' },
    spans: ['receive / in POST of acme', 'receive / in POST of nobody'],
    prints: 'hello anna of nobody',
    trace: 'of the request that brought the message',
    tenant:
      'no: name it in each event. A poll waits for news, which is its duration: take `transports: ["websocket"]`',
    by: upstream('Socket.IO'),
  },
  {
    name: '`node-cron`',
    versions: '4',
    file: 'library-node-cron.mjs',
    env: {},
    spans: [],
    prints: 'tenant: undefined, span: undefined',
    trace: 'none: begin one with `startActiveSpan`',
    tenant: 'none: `runWithTenant` around the work for each',
    by: 'nobody: a job is a function of yours',
  },
];

/** Tried by `npm run large-libraries`. */
export const largeLibraries: readonly Library[] = [
  {
    name: 'AWS SDK: `@aws-sdk/client-s3`',
    versions: '3, on a stand-in for S3',
    file: 'library-aws-s3.mjs',
    env: {},
    spans: ['S3.GetObject in GET of acme'],
    prints: 'an object',
    trace: 'of the request; the operation, and the call of HTTP below it',
    tenant: 'of the request',
    by: upstream('the AWS SDK'),
  },
];
