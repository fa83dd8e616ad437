import { countryHeader, pickCountry } from './countries.ts';
import { journeys } from './journeys.ts';
import { loopbackTarget } from './loopback-target.ts';
import { createPacer } from './pacer.ts';
import { pickWeighted, seededRandom } from './seeded-random.ts';
import { addTo, createLatencySample, newTally, type TenantTally } from './tally.ts';
import { type Answer, type Ask, TimeIsOver, type TrafficTenant, type Visitor } from './visitor.ts';

export interface TrafficOptions {
  /** Where the shop listens: http on this machine, nothing else. */
  readonly target: string;
  readonly tenants: readonly TrafficTenant[];
  /** Requests a second, all tenants together, up to 1,000. Default 20. */
  readonly ratePerSecond?: number | undefined;
  /** Up to 86,400. Default 60. */
  readonly durationSeconds?: number | undefined;
  /** The same seed sends the same visitors on the same journeys. Default 1. */
  readonly seed?: number | undefined;
  /** Visitors at the same time, up to 256. Default 16. */
  readonly visitors?: number | undefined;
  /** Stops early; what was sent is still waited for and counted. */
  readonly signal?: AbortSignal | undefined;
  /** Called after each answer with the counts so far. */
  readonly onAnswer?:
    | ((summary: Readonly<Record<string, Readonly<TenantTally>>>) => void)
    | undefined;
}

export interface TrafficSummary {
  readonly seed: number;
  readonly seconds: number;
  readonly requests: number;
  readonly unanswered: number;
  readonly latencySeconds: { readonly p50: number; readonly p95: number; readonly p99: number };
  readonly tenants: Readonly<Record<string, Readonly<TenantTally>>>;
}

/**
 * Sends visitors through the shop until the time is over, waits for the last answer, and says what was answered. `tenants[id].requests`
 * is the ledger of requests: it is counted outside of the shop, by whoever got the answers.
 *
 * @example
 * const summary = await runTraffic({ target: 'http://127.0.0.1:3000', tenants, durationSeconds: 10 });
 */
export async function runTraffic(options: TrafficOptions): Promise<TrafficSummary> {
  const { tenants, seed = 1, signal, onAnswer } = options;
  const target = loopbackTarget(options.target);
  const rate = within('ratePerSecond', options.ratePerSecond ?? 20, 0.1, 1_000);
  const duration = within('durationSeconds', options.durationSeconds ?? 60, 0.1, 86_400);
  const visitors = within('visitors', options.visitors ?? 16, 1, 256);
  if (tenants.length === 0) throw new Error('Expected at least one tenant, got none');

  const pacer = createPacer(rate, duration, signal);
  const latency = createLatencySample(seededRandom(seed));
  const tallies = Object.fromEntries(tenants.map(({ id }) => [id, newTally()]));
  const run = process.hrtime.bigint().toString(36);
  const began = performance.now();
  const rarestFirst = journeys.toSorted((a, b) => a.weight - b.weight);
  const openingVisits = rarestFirst.flatMap((journey) =>
    tenants
      .filter((tenant, index) => weightOf(tenant, index) > 0)
      .map((tenant) => ({ tenant, journey })),
  );
  let visits = 0;

  async function send(tenant: TrafficTenant, token: string | undefined, ask: Ask): Promise<Answer> {
    const tally = tallies[tenant.id] ?? newTally();
    if (!(await pacer.next())) throw new TimeIsOver();
    const sentAt = performance.now();
    try {
      const response = await fetch(new URL(ask.path, target), {
        ...request(tenant, token, ask),
        signal: AbortSignal.timeout(30_000),
      });
      const text = await response.text();
      latency.add((performance.now() - sentAt) / 1_000);
      if (ask.credentials === 'broken token') tally.rejected += 1;
      else tally.requests += 1;
      addTo(tally.statuses, String(response.status));
      onAnswer?.(tallies);
      return { status: response.status, body: parse(text) };
    } catch {
      tally.unanswered += 1;
      return { status: 0, body: undefined };
    }
  }

  /** Its dice depend on the seed and its number only, not on who else is in the shop. */
  async function visit(number: number): Promise<void> {
    const random = seededRandom(seed * 1_000_003 + number);
    const opening = openingVisits[number];
    const tenant = opening?.tenant ?? pickWeighted(random, tenants, weightOf);
    const country = pickCountry(random);
    const visitor: Visitor = {
      tenant,
      random,
      unique: `${run}-${number}`,
      token: undefined,
      ask: (ask) => send(tenant, visitor.token, withCountry(ask, country)),
    };
    const journey = opening?.journey ?? pickWeighted(random, journeys, ({ weight }) => weight);
    await journey.run(visitor);
    addTo(tallies[tenant.id]?.journeys ?? {}, journey.name);
  }

  async function visitAgainAndAgain(): Promise<void> {
    try {
      while (true) await visit(visits++);
    } catch (error) {
      if (!(error instanceof TimeIsOver)) throw error;
    }
  }

  await Promise.all(Array.from({ length: visitors }, visitAgainAndAgain));
  const sum = (of: (tally: TenantTally) => number) =>
    Object.values(tallies).reduce((total, tally) => total + of(tally), 0);
  return {
    seed,
    seconds: (performance.now() - began) / 1_000,
    requests: sum(({ requests, rejected }) => requests + rejected),
    unanswered: sum(({ unanswered }) => unanswered),
    latencySeconds: {
      p50: latency.quantile(0.5),
      p95: latency.quantile(0.95),
      p99: latency.quantile(0.99),
    },
    tenants: tallies,
  };
}

const weightOf = ({ weight }: TrafficTenant, index: number) => weight ?? [6, 3, 1][index] ?? 1;

/** As an edge in front would: the generator is the only client, so nobody else can claim a country. */
const withCountry = (ask: Ask, country: string): Ask => ({
  ...ask,
  headers: { [countryHeader]: country, ...ask.headers },
});

function request(tenant: TrafficTenant, token: string | undefined, ask: Ask): RequestInit {
  const { method = 'GET', body, rawBody, credentials = 'key', headers = {} } = ask;
  const text = rawBody ?? (body === undefined ? undefined : JSON.stringify(body));
  const proof: Record<string, string> =
    credentials === 'key'
      ? { 'x-api-key': tenant.apiKey }
      : { authorization: `Bearer ${credentials === 'token' ? token : 'not.a.token'}` };
  return {
    method,
    redirect: 'error',
    headers: {
      ...headers,
      ...proof,
      ...(text !== undefined && { 'content-type': 'application/json' }),
    },
    ...(text !== undefined && { body: text }),
  };
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

function within(name: string, value: number, least: number, most: number): number {
  if (!(value >= least && value <= most)) {
    throw new Error(`Expected ${name} to be ${least} to ${most}, got ${value}`);
  }
  return value;
}
