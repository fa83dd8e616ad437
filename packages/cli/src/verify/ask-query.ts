import type { PrometheusClient } from './prometheus-client.ts';

/** When is asked, in seconds since 1970; `step` and `range` in seconds. */
export interface AskTime {
  readonly now: number;
  /** How far a graph is looked back: data that is older does not show that a query works now. */
  readonly lookBack: number;
}

/** `data`: numbers came. `nothing`: no series. `nan`: series, but not one number, which Grafana draws as nothing. */
export type Answer = 'data' | 'nothing' | 'nan';

interface Result {
  readonly resultType: 'vector' | 'matrix' | 'scalar' | 'string';
  readonly result: unknown;
}
type Point = readonly [time: number, value: string];
interface Series {
  readonly value?: Point;
  readonly values?: readonly Point[];
  readonly histogram?: unknown;
  readonly histograms?: readonly unknown[];
}

/** Asks for the value now. */
export async function askInstant(
  prometheus: PrometheusClient,
  query: string,
  { now }: AskTime,
): Promise<Answer> {
  return answerOf(await prometheus.ask('/api/v1/query', { query, time: String(now) }));
}

/** Asks as a graph does. */
export async function askRange(
  prometheus: PrometheusClient,
  query: string,
  { now, lookBack }: AskTime,
  step: number,
): Promise<Answer> {
  const parameters = { query, start: String(now - lookBack), end: String(now), step: String(step) };
  return answerOf(await prometheus.ask('/api/v1/query_range', parameters));
}

function answerOf(data: unknown): Answer {
  const { resultType, result } = data as Result;
  if (resultType === 'string') return 'data';
  if (resultType === 'scalar') return isNumber(result as Point) ? 'data' : 'nan';
  const series = result as readonly Series[];
  if (series.length === 0) return 'nothing';
  return series.some(hasNumber) ? 'data' : 'nan';
}

function hasNumber({ value, values = [], histogram, histograms = [] }: Series): boolean {
  if (histogram !== undefined || histograms.length > 0) return true;
  return (value === undefined ? values : [value]).some(isNumber);
}

const isNumber = ([, value]: Point) => value !== 'NaN';
