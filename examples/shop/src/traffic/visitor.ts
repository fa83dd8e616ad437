import type { Random } from './seeded-random.ts';

export interface TrafficTenant {
  readonly id: string;
  readonly apiKey: string;
  readonly currencies: readonly string[];
  /** Share of the visitors, relative to the other tenants. Default: 6, 3, 1 for the first three, then 1. */
  readonly weight?: number | undefined;
}

/** What came back. `body` is undefined when it was no JSON. */
export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown> | undefined;
}

export interface Ask {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  /** Sent as it is, in place of `body`. */
  readonly rawBody?: string;
  readonly credentials?: 'key' | 'token' | 'broken token';
  /** More headers, such as a spoofed tenant. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** One person in one shop. Journeys are written in these terms. */
export interface Visitor {
  readonly tenant: TrafficTenant;
  readonly random: Random;
  /** A text that no other visitor of this run has. */
  readonly unique: string;
  /** Sends one request when its turn comes. Throws `TimeIsOver` when there are no more turns. */
  ask(ask: Ask): Promise<Answer>;
  token: string | undefined;
}

/** Ends a journey between two requests; no failure. */
export class TimeIsOver extends Error {
  override readonly name = 'TimeIsOver';
}
