import { setTimeout as wait } from 'node:timers/promises';
import { type ComparedEntry, compareEntries } from './compare-entries.ts';
import type { LedgerEntry } from './ledger-entry.ts';
import { readLedger } from './read-ledger.ts';
import { readPrometheus } from './read-prometheus.ts';

export interface ComparisonOptions {
  readonly databaseUrl: string;
  readonly prometheusUrl: string;
  /** The start of the shop: only what happened since then is compared. Default: everything. */
  readonly since?: Date | undefined;
  /** Answered requests per tenant, as the traffic generator counted them. Without it requests are not compared. */
  readonly requestsByTenant?: Readonly<Record<string, number>> | undefined;
  /** Milliseconds to ask again while something differs: the last export may be on its way. Default 0: ask once. */
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Comparison {
  readonly equal: boolean;
  readonly rows: readonly ComparedEntry[];
}

/**
 * What PostgreSQL has written down beside what Prometheus says, to the last order. Equal only when there is something to compare.
 *
 * @example
 * const { equal, rows } = await compareWithLedger({ databaseUrl, prometheusUrl, since, timeoutMs: 30_000 });
 * console.log(renderComparison(rows));
 */
export async function compareWithLedger(options: ComparisonOptions): Promise<Comparison> {
  const { databaseUrl, prometheusUrl, since, requestsByTenant, timeoutMs = 0, signal } = options;
  const deadline = performance.now() + timeoutMs;
  while (true) {
    const ledger = [
      ...requestEntries(requestsByTenant ?? {}),
      ...(await readLedger(databaseUrl, { since })),
    ];
    const seen = await readPrometheus(prometheusUrl, { since });
    const rows = compareEntries(
      ledger,
      requestsByTenant === undefined ? seen.filter(({ measure }) => measure !== 'requests') : seen,
    );
    const equal = rows.length > 0 && rows.every((row) => row.equal);
    if (equal || performance.now() >= deadline || signal?.aborted) return { equal, rows };
    await wait(500, undefined, signal && { signal }).catch(() => undefined);
  }
}

function requestEntries(requestsByTenant: Readonly<Record<string, number>>): LedgerEntry[] {
  return Object.entries(requestsByTenant)
    .map(([tenant, value]) => ({ measure: 'requests', tenant, labels: {}, value }))
    .filter(({ value }) => value !== 0);
}
