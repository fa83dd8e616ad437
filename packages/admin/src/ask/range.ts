import { AdminError, badParameter } from '../admin-error.ts';
import type { Settings } from '../monitoring-options.ts';
import type { Question } from './ask.ts';
import { fillTemplate } from './fill-template.ts';
import { readNumber } from './parameters.ts';
import type { PrometheusClient } from './prometheus-client.ts';

/** What a question about a time range has besides. */
export const RANGE = ['from', 'to', 'step'] as const;

export interface Range {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

type Given = Partial<Readonly<Record<(typeof RANGE)[number], string>>>;

/** Clocks of browsers are wrong: a little of the future is cut off, more is refused. */
const FUTURE = 600;

/** Steps that a person can think in, in seconds. */
const STEPS = [
  5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 21_600, 43_200, 86_400,
];

/** Moments of a chart when nobody says how many. */
const USUAL_POINTS = 250;

/** A bounded range, on whole steps, so that everybody who asks within a step asks the same. Default the last hour. */
export function readRange(
  given: Given,
  { limits }: Settings,
  now: number = Date.now() / 1000,
): Range {
  const most = now + FUTURE;
  const to = Math.min(now, readNumber('to', given.to, { least: 0, most, fallback: now }));
  const from = readNumber('from', given.from, { least: 0, most, fallback: to - 3_600 });
  const length = to - from;
  if (length < 1) throw badParameter('from', 'before to');
  if (length > limits.maxRangeDays * 86_400)
    throw badParameter('the time range', `at most ${limits.maxRangeDays} days long`);
  const least = length / limits.maxPoints;
  const usual = STEPS.find((step) => step >= Math.max(least, length / USUAL_POINTS)) ?? 86_400;
  const step = Math.ceil(
    readNumber('step', given.step, { least: 1, most: 86_400, fallback: usual }),
  );
  if (step < least)
    throw badParameter('step', `large enough for at most ${limits.maxPoints} points`);
  return {
    from: Math.floor(from / step) * step,
    to: Math.floor(to / step) * step,
    step,
  };
}

/** Windows of rates hold four samples at least, and leave no gap between moments. */
export const rateWindow = ({ limits }: Settings, step = 0): number =>
  Math.ceil(Math.max(4 * limits.sampleSeconds, step + limits.sampleSeconds));

/** The answer of `GET api/range/<query>`. */
export async function askRange(
  { name, query, template, scope }: Question,
  { from, to, step }: Range,
  settings: Settings,
  prometheus: PrometheusClient,
) {
  if (query.ask === 'instant')
    throw new AdminError(
      'ERR_ADMIN_QUERY',
      'This question has one answer for the whole time range.',
      'Ask for it under api/instant.',
    );
  const promql = fillTemplate(template, scope, {
    window: rateWindow(settings, step),
    range: Math.max(1, to - from),
  });
  const { series, truncated, warnings } = await prometheus.ask({
    promql,
    tenant: scope.tenant,
    limit: settings.limits.maxSeries,
    at: { from, to, step },
  });
  const { unit } = query;
  const tenant = scope.tenant ?? null;
  return { query: name, unit, tenant, from, to, step, series, truncated, warnings };
}
