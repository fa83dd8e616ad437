import { CliError } from '../cli-error.ts';

/** One series of an instant query's answer. */
export interface PromSample {
  readonly labels: Readonly<Record<string, string>>;
  /** `NaN` and infinities as JavaScript has them. */
  readonly value: number;
}

/**
 * Asks Prometheus for the value of a PromQL expression now, or at `time` (seconds since 1970).
 * Throws ERR_PROMETHEUS_ANSWER for a bad expression, a scalar or range answer, and an answer that is no success.
 *
 * @example
 * const [total] = await promQuery(stack.addresses.prometheus, 'sum(commerce_orders_total)');
 */
export async function promQuery(
  address: string,
  expression: string,
  { time, timeoutMs = 10_000 }: { readonly time?: number; readonly timeoutMs?: number } = {},
): Promise<readonly PromSample[]> {
  const body = new URLSearchParams({ query: expression });
  if (time !== undefined) body.set('time', String(time));
  const answer = await fetch(`${address.replace(/\/+$/, '')}/api/v1/query`, {
    method: 'POST',
    body,
    signal: AbortSignal.timeout(timeoutMs),
  });
  const text = await answer.text();
  const result = vectorOf(text);
  if (!answer.ok || result === undefined) {
    throw new CliError(
      'ERR_PROMETHEUS_ANSWER',
      `Expected a vector for ${expression}, got ${answer.status} ${text.slice(0, 500)}`,
    );
  }
  return result.map(({ metric, value: [, value] }) => ({ labels: metric, value: toNumber(value) }));
}

interface Vector {
  readonly status: string;
  readonly data?: {
    readonly resultType: string;
    readonly result: readonly {
      readonly metric: Readonly<Record<string, string>>;
      readonly value: readonly [time: number, value: string];
    }[];
  };
}

function vectorOf(text: string): NonNullable<Vector['data']>['result'] | undefined {
  try {
    const { status, data } = JSON.parse(text) as Vector;
    return status === 'success' && data?.resultType === 'vector' ? data.result : undefined;
  } catch {
    return undefined;
  }
}

const toNumber = (text: string) => Number(text.replace('Inf', 'Infinity'));
