import type { AskTime } from './ask-query.ts';
import type { Finding, Place } from './finding.ts';
import type { PrometheusClient } from './prometheus-client.ts';

/** What Grafana's data source takes for the id of a trace: `exemplarTraceIdDestinations` in grafana/provisioning. */
const TRACE_ID = 'trace_id';

interface ExemplarSeries {
  readonly exemplars: readonly { readonly labels: Readonly<Record<string, string>> }[];
}

/** A query whose dots lead to traces must have such dots, each with the id of a trace. */
export async function verifyExemplars({
  prometheus,
  query,
  place,
  time: { now, lookBack },
}: {
  readonly prometheus: PrometheusClient;
  readonly query: string;
  readonly place: Place;
  readonly time: AskTime;
}): Promise<readonly Finding[]> {
  const range = { start: String(now - lookBack), end: String(now) };
  const series = (await prometheus.ask('/api/v1/query_exemplars', {
    query,
    ...range,
  })) as readonly ExemplarSeries[];
  const exemplars = series.flatMap((one) => one.exemplars);
  if (exemplars.some(({ labels }) => labels[TRACE_ID] !== undefined)) return [];
  const message =
    exemplars.length === 0
      ? 'its series have no exemplars: are spans sent, and is exemplar-storage on?'
      : `its exemplars have no label ${TRACE_ID}`;
  return [{ kind: 'empty', place, query, missing: [], message }];
}
