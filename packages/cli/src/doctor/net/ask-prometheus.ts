import type { DoctorContext } from '../doctor-context.ts';
import { httpProblem } from './http-problem.ts';
import { fields, isRecord, isText, listOf, mapOf, type Shape } from './shape.ts';
import { shownUrl } from './shown-url.ts';

/** `data` of an answer of Prometheus' HTTP API, or in words why there is none. */
export type PrometheusAnswer<T> =
  | { readonly data: T; readonly problem?: undefined }
  | { readonly problem: string };

export interface Sample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [time: number, value: string];
}

export interface Series {
  readonly metric: Readonly<Record<string, string>>;
  readonly values: readonly (readonly [time: number, value: string])[];
}

/** Rules of a large product are some MiB. */
const MAX_BYTES = 33_554_432;

/** Asks the HTTP API. Data of another shape count as no answer. */
export async function askPrometheus<T>(
  { request, targets }: DoctorContext,
  path: string,
  shape: Shape<T>,
  parameters: Readonly<Record<string, string>> = {},
): Promise<PrometheusAnswer<T>> {
  const url = new URL(`${targets.prometheus.url.replace(/\/+$/, '')}${path}`);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.append(name, value);
  const answer = await request({ url: url.href, maxBytes: MAX_BYTES });
  const shown = shownUrl(targets.prometheus.url);
  if (answer.problem !== undefined) return { problem: `${shown}: ${answer.problem}` };
  try {
    const said: unknown = JSON.parse(answer.body);
    if (isRecord(said) && said.status === 'success' && shape(said.data)) return { data: said.data };
    if (isRecord(said) && said.status === 'error') {
      return { problem: `${shown} answers ${answer.status}: ${String(said.error)}` };
    }
  } catch {
    // Not its API: said below.
  }
  return { problem: httpProblem(shown, answer) };
}

/** The series of an instant query, at `time` (seconds since 1970) or now. */
export async function askVector(
  context: DoctorContext,
  query: string,
  time?: number,
): Promise<PrometheusAnswer<readonly Sample[]>> {
  return askQuery(context, query, isSample, time);
}

/** The samples of a range selector such as `x[5m]`. */
export async function askMatrix(
  context: DoctorContext,
  query: string,
): Promise<PrometheusAnswer<readonly Series[]>> {
  return askQuery(context, query, isSeries);
}

const isPair = (value: unknown): value is readonly [number, string] =>
  Array.isArray(value) && typeof value[0] === 'number' && isText(value[1]);
const isSample = fields<Sample>({ metric: mapOf(isText), value: isPair });
const isSeries = fields<Series>({ metric: mapOf(isText), values: listOf(isPair) });

async function askQuery<T>(
  context: DoctorContext,
  query: string,
  shape: Shape<T>,
  time?: number,
): Promise<PrometheusAnswer<readonly T[]>> {
  const result = fields<{ readonly result: readonly T[] }>({ result: listOf(shape) });
  const answer = await askPrometheus(context, '/api/v1/query', result, {
    query,
    ...(time !== undefined && { time: String(time) }),
  });
  return answer.problem === undefined ? { data: answer.data.result } : answer;
}
