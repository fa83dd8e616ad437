/** How the text of a variable becomes a value, and what is accepted. */
export type Row = {
  readonly key: string;
  readonly name: string;
  readonly meaning: string;
  readonly unit?: string;
  /** False: the preamble prints `[redacted]` in its place. */
  readonly printable: boolean;
} & (
  | { readonly type: 'boolean'; readonly default: boolean }
  | {
      readonly type: 'integer';
      readonly min: number;
      readonly max: number;
      readonly default: number | undefined;
    }
  | { readonly type: 'string' | 'header name'; readonly default: string | undefined }
  | { readonly type: 'list'; readonly default: readonly string[] }
  | { readonly type: 'pattern'; readonly default: RegExp }
);

/**
 * Every variable of our own, one row each: the type of the configuration, its checks and the reference page come
 * from here; `sdk-config.ts` is written from it. The standard `OTEL_*` variables are in `standard-table.ts`.
 */
export const table = [
  {
    key: 'enabled',
    name: 'BELLWETHER_ENABLED',
    type: 'boolean',
    default: true,
    printable: true,
    meaning: 'Whether the preload starts anything. `OTEL_SDK_DISABLED=true` has the same effect.',
  },
  {
    key: 'preamble',
    name: 'BELLWETHER_PREAMBLE',
    type: 'boolean',
    default: true,
    printable: true,
    meaning:
      'Whether one line on stderr says at start which versions, resource and settings are in use.',
  },
  {
    key: 'flushTimeoutMs',
    name: 'BELLWETHER_FLUSH_TIMEOUT',
    type: 'integer',
    unit: 'ms',
    min: 0,
    max: 60_000,
    default: 2_000,
    printable: true,
    meaning:
      'How long the end of the process may wait for telemetry to leave, whatever state the Collector is in. 0 waits for nothing.',
  },
  {
    key: 'tenantBudget',
    name: 'BELLWETHER_TENANT_BUDGET',
    type: 'integer',
    unit: '{tenant}',
    min: 1,
    max: 10_000,
    default: 200,
    printable: true,
    meaning:
      'How many tenants keep their own name on metrics. The rest add up under `tenant.id="__other__"`.',
  },
  {
    key: 'tenantAllowList',
    name: 'BELLWETHER_TENANT_ALLOW_LIST',
    type: 'list',
    default: [],
    printable: false,
    meaning:
      'The only tenants, comma-separated, that keep their own name on metrics. Unset: the first `BELLWETHER_TENANT_BUDGET` tenants that come.',
  },
  {
    key: 'tenantPattern',
    name: 'BELLWETHER_TENANT_PATTERN',
    type: 'pattern',
    default: /^[A-Za-z0-9][A-Za-z0-9._-]*$/,
    printable: true,
    meaning:
      'The shape of a tenant id, a JavaScript regular expression. Other ids are refused. Where it allows more than the default, so must `BELLWETHER_COLLECTOR_TENANT_REFUSED` of the Collector.',
  },
  {
    key: 'tenantMaxLength',
    name: 'BELLWETHER_TENANT_MAX_LENGTH',
    type: 'integer',
    unit: '{character}',
    min: 1,
    max: 256,
    default: 64,
    printable: true,
    meaning: 'The longest tenant id that is accepted.',
  },
  {
    key: 'tenantIdleSeconds',
    name: 'BELLWETHER_TENANT_IDLE',
    type: 'integer',
    unit: 's',
    min: 1,
    max: 31_536_000,
    default: 3_600,
    printable: true,
    meaning: 'How long a tenant may be silent before it gives its place in the budget back.',
  },
  {
    key: 'baggageHosts',
    name: 'BELLWETHER_BAGGAGE_HOSTS',
    type: 'list',
    default: [],
    printable: true,
    meaning:
      'Our own services, comma-separated: `host`, `host:port`, IP addresses or networks (`10.1.0.0/16`). Baggage, and with it the tenant, travels to and from these and nobody else. A sender is known by its IP address, never by a header.',
  },
  {
    key: 'metricsPort',
    name: 'BELLWETHER_METRICS_PORT',
    type: 'integer',
    min: 0,
    max: 65_535,
    default: undefined,
    printable: true,
    meaning:
      'The port of a Prometheus `/metrics` endpoint; 0 takes a free one. Unset: no endpoint.',
  },
  {
    key: 'metricsHost',
    name: 'BELLWETHER_METRICS_HOST',
    type: 'string',
    default: '127.0.0.1',
    printable: true,
    meaning: 'The address on which `/metrics` listens.',
  },
  {
    key: 'countryHeader',
    name: 'BELLWETHER_COUNTRY_HEADER',
    type: 'header name',
    default: undefined,
    printable: true,
    meaning:
      'The request header in which an edge of yours, that strips it from what clients send, names the country of the client by its ISO 3166 two-letter code: `cf-ipcountry`. Every request is then counted by country and tenant in `http.server.request.countries`. Unset: none is.',
  },
  {
    key: 'selfMetrics',
    name: 'BELLWETHER_SELF_METRICS',
    type: 'boolean',
    default: true,
    printable: true,
    meaning:
      'Whether the SDK measures itself: what it started, dropped, sent and failed to send, in `otel.sdk.*`.',
  },
  {
    key: 'slowQueryMs',
    name: 'BELLWETHER_SLOW_QUERY',
    type: 'integer',
    unit: 'ms',
    min: 0,
    max: 3_600_000,
    default: 500,
    printable: true,
    meaning:
      'From when on an operation of a database is slow: it is counted in `db.client.operation.slow`, or `prisma.client.operation.slow`, and its span gets the fingerprint of the statement. 0 counts none.',
  },
  {
    key: 'expressLayers',
    name: 'BELLWETHER_EXPRESS_LAYERS',
    type: 'boolean',
    default: false,
    printable: true,
    meaning: 'Whether every Express middleware gets a span of its own.',
  },
  {
    key: 'otlpTokenFile',
    name: 'BELLWETHER_OTLP_TOKEN_FILE',
    type: 'string',
    default: undefined,
    printable: true,
    meaning:
      'A file with the bearer token of every export over HTTP. It is read again when it changes, so a token is replaced without a restart. Wins over `authorization` in `OTEL_EXPORTER_OTLP_HEADERS`.',
  },
  {
    key: 'queryNames',
    name: 'BELLWETHER_QUERY_NAMES',
    type: 'list',
    default: [],
    printable: true,
    meaning:
      'Parameters of queries, comma-separated, whose values spans may show: `page,sort`. `*` shows all that are not called like a secret. Unset: every value is `REDACTED`.',
  },
  {
    key: 'secretNames',
    name: 'BELLWETHER_SECRET_NAMES',
    type: 'list',
    default: [],
    printable: true,
    meaning:
      'More names, comma-separated, of headers and of properties in log records whose values are `REDACTED`, beside passwords, tokens, keys, cookies and their like.',
  },
  {
    key: 'clientAddresses',
    name: 'BELLWETHER_CLIENT_ADDRESSES',
    type: 'boolean',
    default: false,
    printable: true,
    meaning:
      'Whether spans show the whole IP address of a client. Unset: its network (`203.0.113.0`), as an address is personal data.',
  },
  {
    key: 'errorMessages',
    name: 'BELLWETHER_ERROR_MESSAGES',
    type: 'boolean',
    default: false,
    printable: true,
    meaning:
      'Whether spans of instrumentations show the words of errors, which may quote data, beside their kind and place.',
  },
  {
    key: 'logsAsWritten',
    name: 'BELLWETHER_LOGS_AS_WRITTEN',
    type: 'boolean',
    default: false,
    printable: true,
    meaning: 'Whether log records leave as they are, without a search for secrets in them.',
  },
  {
    key: 'commandArguments',
    name: 'BELLWETHER_COMMAND_ARGUMENTS',
    type: 'boolean',
    default: false,
    printable: true,
    meaning:
      'Whether the resource has the arguments of the command line (`process.command_args`), where passwords may be.',
  },
] as const satisfies readonly Row[];
