import { z } from 'zod';
import type { LedgerEntry } from './ledger-entry.ts';
import { measures } from './measures.ts';
import { promqlOf, requestsPromql } from './promql.ts';

const Answer = z.object({
  status: z.literal('success'),
  data: z.object({
    resultType: z.literal('vector'),
    result: z.array(
      z.object({
        metric: z.record(z.string(), z.string()),
        value: z.tuple([z.number(), z.string()]),
      }),
    ),
  }),
});

export interface PrometheusOptions {
  /** Only processes that reported after this time count. Give the start of the shop, as to `readLedger`. Default: 30 days ago. */
  readonly since?: Date | undefined;
  /** Milliseconds for each query. Default 10,000. */
  readonly timeoutMs?: number | undefined;
}

/** The same numbers as Prometheus has them, and the answered requests. What has no tenant is left out. */
export async function readPrometheus(
  prometheusUrl: string,
  { since, timeoutMs = 10_000 }: PrometheusOptions = {},
): Promise<LedgerEntry[]> {
  const age = since === undefined ? 30 * 86_400 : (Date.now() - since.getTime()) / 1_000;
  const window = `${Math.max(1, Math.ceil(age))}s`;
  const queries = [
    { name: 'requests', query: requestsPromql(window) },
    ...measures.map((measure) => ({ name: measure.name, query: promqlOf(measure, window) })),
  ];
  const read = await Promise.all(
    queries.map(async ({ name, query }) => {
      const result = await ask(prometheusUrl, query, timeoutMs);
      return result.map(({ metric: { tenant_id: tenant = '', ...labels }, value }) => ({
        measure: name,
        tenant,
        labels,
        value: Number(value[1]),
      }));
    }),
  );
  return read.flat().filter(({ tenant, value }) => value !== 0 && tenant !== '');
}

async function ask(prometheusUrl: string, query: string, timeoutMs: number) {
  const url = new URL('/api/v1/query', prometheusUrl);
  const response = await fetch(url, {
    method: 'POST',
    body: new URLSearchParams({ query }),
    signal: AbortSignal.timeout(timeoutMs),
  });
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`Expected Prometheus to answer ${query}, got ${response.status} ${text}`);
  }
  return Answer.parse(JSON.parse(text)).data.result;
}
