import { type AskTime, askInstant } from './ask-query.ts';
import { type MissingSelector, missingSelectors } from './explain-empty.ts';
import type { PrometheusClient } from './prometheus-client.ts';
import type { FileRule } from './read-rules.ts';

/**
 * Recording rules that record nothing yet because they ask for what was a day or a week ago, or for what another such rule records.
 * Time mends it, and nothing else.
 */
export async function youngRecords(
  prometheus: PrometheusClient,
  rules: readonly FileRule[],
  time: AskTime,
): Promise<ReadonlySet<string>> {
  const young = new Set<string>();
  for (const { kind, name, expr } of rules) {
    if (kind !== 'recording') continue;
    if (!/\boffset\b/.test(expr) && ![...young].some((record) => expr.includes(record))) continue;
    const missing = await missingOf(prometheus, expr, time);
    if (isYoung(missing, young)) young.add(name);
  }
  return young;
}

/** Whether all that is missing is missing for want of time. */
export function isYoung(missing: readonly MissingSelector[], young: ReadonlySet<string>): boolean {
  return (
    missing.length > 0 &&
    missing.every(({ ago, because, metric = '' }) =>
      because === 'time' ? ago !== undefined : because === 'metric' && young.has(metric),
    )
  );
}

async function missingOf(prometheus: PrometheusClient, expr: string, time: AskTime) {
  try {
    if ((await askInstant(prometheus, expr, time)) === 'data') return [];
    return await missingSelectors(prometheus, expr, time);
  } catch (error) {
    // What Prometheus refuses is told where the rule itself is verified.
    if ((error as { code?: unknown }).code === 'ERR_PROMETHEUS_ANSWER') return [];
    throw error;
  }
}
