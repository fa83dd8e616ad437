import { mkdtemp, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import {
  type OtlpReceiver,
  type ReceivedSpan,
  startOtlpReceiver,
  startPostgres,
  startRedis,
} from '@bellwether/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { completeWithSdk } from './run-with-sdk.ts';
import { underItsName } from './under-its-name.ts';

const DURATION = 'db.client.operation.duration';

let redis: Awaited<ReturnType<typeof startRedis>>;
let postgres: Awaited<ReturnType<typeof startPostgres>>;
let folder: string;
beforeAll(async () => {
  [redis, postgres] = await Promise.all([startRedis(), startPostgres()]);
  folder = await mkdtemp(fileURLToPath(new URL('.stock-', import.meta.url)));
});
afterAll(async () => {
  await Promise.all([redis?.stop(), postgres?.stop()]);
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
});

/** Attributes that only one of the two has, or that say another thing, each with its reason. */
const differentAttributes: Record<string, string> = {
  'tenant.id': 'Ours alone.',
  'bellwether.db.slow': 'Ours alone, where an operation took long, as on a busy machine.',
  'bellwether.db.fingerprint': 'Ours alone, of an operation that took long.',
  'db.namespace':
    'The number of the database of Redis, which conventions ask for; theirs has none.',
  'db.operation.name': 'Theirs has that of a statement of pg in the name of the span only.',
  'db.operation.batch.size': 'Of a batch, which is one span in ours.',
  'db.query.text': 'Ours never shows a value or a key; theirs shows keys, and the literals of SQL.',
  'error.type':
    'Conventions ask for it; theirs has an exception event with the words of the error.',
  'db.response.status_code': 'SQLSTATE, or the first word of an error of Redis.',
};

/** Spans that only one of the two has. */
const differentSpans = {
  connect: {
    reason: 'A connection is no call of the application; waiting for one is a metric of ours.',
    theirs: ['redis-connect', 'connect', 'pg.connect', 'pg-pool.connect'],
  },
  batch: {
    reason: 'What is sent in one go is one operation, as conventions say; theirs is one a command.',
    steps: ['multi', 'pipeline'],
  },
  frame: {
    reason: 'MULTI and EXEC are sent for the batch; ours counts what the application put into it.',
    theirs: ['multi', 'exec'],
  },
  onlyOurs: {
    reason: 'SELECT of node-redis 4 and a query object of pg: theirs does not see them.',
    steps: { redis4: ['select'], pg: ['query'] } as Record<string, string[]>,
  },
  onlyTheirs: {
    reason: 'node-redis 4 refuses a command of a closed client before it reaches the queue.',
    steps: { redis4: ['closed'] } as Record<string, string[]>,
  },
};

interface Library {
  readonly name: string;
  readonly scenario: string;
  /** Whether theirs has `db.client.operation.duration`: of Redis ours alone has it. */
  readonly hasDuration: boolean;
}

const libraries: Library[] = [
  { name: 'redis4', scenario: 'nodeRedis', hasDuration: false },
  { name: 'redis5', scenario: 'nodeRedis', hasDuration: false },
  { name: 'ioredis5', scenario: 'ioredis', hasDuration: false },
  { name: 'pg', scenario: '', hasDuration: true },
];

test.each(libraries)(
  '$name: the same calls as with the instrumentation of OpenTelemetry',
  async ({ name, scenario, hasDuration }) => {
    const [ours, stock] = [await startOtlpReceiver(), await startOtlpReceiver()];
    const isIoredis = name === 'ioredis5';
    const file = isIoredis
      ? await underItsName(folder, name, 'ioredis', 'cjs')
      : `${programOf(name)}`;
    const args = [isIoredis ? 'ioredis' : name, scenario];
    const env = { REDIS_PORT: String(redis.port), DATABASE_URL: postgres.url };
    await completeWithSdk(ours, { file, args, env });
    await completeWithSdk(stock, {
      file,
      args,
      imports: [],
      nodeArgs: ['--require', '@opentelemetry/auto-instrumentations-node/register'],
      env: {
        ...env,
        OTEL_NODE_ENABLED_INSTRUMENTATIONS: 'redis,ioredis,pg',
        OTEL_NODE_RESOURCE_DETECTORS: 'none',
        // Without it theirs has names that conventions have given up.
        OTEL_SEMCONV_STABILITY_OPT_IN: 'database',
      },
    });
    const { onlyOurs, onlyTheirs } = differentSpans;
    const [ourCalls, theirCalls] = [callsOf(ours), callsOf(stock)];
    expect(without(ourCalls, onlyOurs.steps[name])).toEqual(
      without(theirCalls, onlyTheirs.steps[name]),
    );
    expect(
      attributesThatDiffer(ours, stock).filter((key) => !(key in differentAttributes)),
    ).toEqual([]);
    expect(ours.points(DURATION).length).toBeGreaterThan(0);
    if (!hasDuration) {
      expect(stock.points(DURATION)).toEqual([]);
      return;
    }
    const [point, expected] = [ours.points(DURATION)[0], stock.points(DURATION)[0]];
    expect(point?.unit).toBe(expected?.unit);
    expect(point?.boundaries).toEqual(expected?.boundaries);
    // BEGIN is the statement of the step that theirs does not see.
    const { BEGIN, ...counts } = countsOf(ours);
    expect(BEGIN).toBe(1);
    expect(counts).toEqual(countsOf(stock));
  },
);

function programOf(name: string): string {
  return name === 'pg' ? 'pg-calls.cjs' : 'redis-calls.cjs';
}

/** All but the calls of these steps, each of which is there. */
function without(calls: Call[], steps: string[] = []): Call[] {
  const rest = calls.filter(({ step }) => step === undefined || !steps.includes(step));
  expect(calls.length - rest.length).toBe(steps.length);
  return rest;
}

interface Call {
  /** The name of the span above it. */
  readonly step: string | undefined;
  readonly operation: string;
  readonly address: unknown;
  readonly isFailed: boolean;
  /** Spans of a batch that theirs has. */
  readonly commands: number;
}

/** Each call of a database with its caller; a batch is one. */
function callsOf(receiver: OtlpReceiver): Call[] {
  const names = new Map(receiver.spans().map(({ spanId, name }) => [spanId, name]));
  const calls: Call[] = [];
  for (const span of clientSpans(receiver)) {
    const step = names.get(span.parentSpanId ?? '');
    if (step === undefined) continue;
    const isBatch = differentSpans.batch.steps.includes(step);
    const operation = isBatch ? 'batch' : operationOf(span);
    const size = Number(span.attributes['db.operation.batch.size'] ?? 1);
    const before = calls.at(-1);
    const merges = isBatch && before?.step === step;
    const call: Call = {
      step,
      operation,
      address: `${span.attributes['server.address']}:${span.attributes['server.port']}`,
      isFailed: span.status.code === 'error',
      commands: size + (merges ? before.commands : 0),
    };
    if (merges) calls.pop();
    calls.push(call);
  }
  return calls.sort((a, b) => String(a.step).localeCompare(String(b.step)));
}

const notOfOurs = new Set([...differentSpans.connect.theirs, ...differentSpans.frame.theirs]);

function clientSpans(receiver: OtlpReceiver): ReceivedSpan[] {
  return receiver.spans({ kind: 'client' }).filter(({ name }) => !notOfOurs.has(name));
}

/** `redis-GET`, `pg.query:SELECT postgres`; ours is `GET 0` and `SELECT postgres`. */
function operationOf({ name, attributes }: ReceivedSpan): string {
  const word = /^(?:redis-|pg\.query:)?(\S+)/.exec(name)?.[1];
  return String(attributes['db.operation.name'] ?? word).toUpperCase();
}

function attributesThatDiffer(ours: OtlpReceiver, stock: OtlpReceiver): string[] {
  const all = (receiver: OtlpReceiver) =>
    new Set(
      clientSpans(receiver).flatMap(({ attributes }) =>
        Object.entries(attributes).map((entry) => JSON.stringify(entry)),
      ),
    );
  const [a, b] = [all(ours), all(stock)];
  const onlyOne = [...a].filter((it) => !b.has(it)).concat([...b].filter((it) => !a.has(it)));
  return [...new Set(onlyOne.map((entry) => JSON.parse(entry)[0]))];
}

function countsOf(receiver: OtlpReceiver): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { attributes, count } of receiver.points(DURATION)) {
    const operation = String(attributes['db.operation.name']);
    counts[operation] = (counts[operation] ?? 0) + (count ?? 0);
  }
  return counts;
}
