import { badParameter } from '../admin-error.ts';
import type { Settings } from '../monitoring-options.ts';
import type { Question } from './ask.ts';
import { fillTemplate } from './fill-template.ts';
import { readNumber } from './parameters.ts';
import type { PrometheusClient } from './prometheus-client.ts';
import { rateWindow } from './range.ts';

/** What a question about one moment has besides: `time`, or the end of a range, whose length is that of what is counted in it. */
export const INSTANT = ['time', 'from', 'to'] as const;

type Given = Partial<Readonly<Record<(typeof INSTANT)[number], string>>>;

export interface Instant {
  /** Unix seconds; undefined is now, by the clock of Prometheus. */
  readonly time: number | undefined;
  /** Seconds before it that are counted. */
  readonly range: number;
}

/** Moments closer to now than this are now: two browsers of one refresh ask the same. */
const NOW = 30;
const FUTURE = 600;

export function readInstant(
  { time, from, to }: Given,
  { limits }: Settings,
  now: number = Date.now() / 1000,
): Instant {
  const bounds = { least: 0, most: now + FUTURE };
  const end = readNumber('to', to ?? time, { ...bounds, fallback: now });
  const at = readNumber('time', time, { ...bounds, fallback: end });
  const range = Math.round(end - readNumber('from', from, { ...bounds, fallback: end - 3_600 }));
  if (range < 1) throw badParameter('from', 'before to');
  if (range > limits.maxRangeDays * 86_400)
    throw badParameter('the time range', `at most ${limits.maxRangeDays} days long`);
  return { time: at > now - NOW ? undefined : Math.floor(at), range };
}

/** The answer of `GET api/instant/<query>`. */
export async function askInstant(
  { name, query, template, scope }: Question,
  { time, range }: Instant,
  settings: Settings,
  prometheus: PrometheusClient,
  limit = settings.limits.maxSeries,
) {
  const promql = fillTemplate(template, scope, { window: rateWindow(settings), range });
  const { series, truncated, warnings } = await prometheus.ask({
    promql,
    tenant: scope.tenant,
    limit,
    ...(time !== undefined && { at: time }),
  });
  const rows = series.map(({ labels, points }) => ({ labels, value: points[0]?.[1] ?? null }));
  const { unit } = query;
  const asked = time ?? Math.floor(Date.now() / 1000);
  const tenant = scope.tenant ?? null;
  return { query: name, unit, tenant, time: asked, range, rows, truncated, warnings };
}
