import type { DoctorContext } from '../doctor-context.ts';
import { httpProblem } from './http-problem.ts';
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

/** Asks the HTTP API. The shape of `data` is Prometheus' promise; a check reads it with care. */
export async function askPrometheus<T>(
  { request, targets }: DoctorContext,
  path: string,
  parameters: Readonly<Record<string, string>> = {},
): Promise<PrometheusAnswer<T>> {
  const url = new URL(`${targets.prometheus.url.replace(/\/+$/, '')}${path}`);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.append(name, value);
  const answer = await request({ url: url.href, maxBytes: MAX_BYTES });
  const shown = shownUrl(targets.prometheus.url);
  if (answer.problem !== undefined) return { problem: `${shown}: ${answer.problem}` };
  try {
    const { status, data, error } = JSON.parse(answer.body) as {
      status?: string;
      data?: T | null;
      error?: string;
    };
    if (status === 'success' && data !== undefined && data !== null) return { data };
    if (status === 'error')
      return { problem: `${shown} answers ${answer.status}: ${String(error)}` };
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
  return askQuery<Sample>(context, query, time);
}

/** The samples of a range selector such as `x[5m]`. */
export async function askMatrix(
  context: DoctorContext,
  query: string,
): Promise<PrometheusAnswer<readonly Series[]>> {
  return askQuery<Series>(context, query);
}

async function askQuery<T>(context: DoctorContext, query: string, time?: number) {
  const answer = await askPrometheus<{ readonly result?: unknown }>(context, '/api/v1/query', {
    query,
    ...(time !== undefined && { time: String(time) }),
  });
  if (answer.problem !== undefined) return answer;
  const { result } = answer.data;
  if (!Array.isArray(result))
    return { problem: `${shownUrl(context.targets.prometheus.url)} answers no series` };
  return { data: result as readonly T[] };
}
