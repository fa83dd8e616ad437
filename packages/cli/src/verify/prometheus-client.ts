import { CliError } from '../cli-error.ts';

/** Prometheus' HTTP API, https://prometheus.io/docs/prometheus/latest/querying/api/ */
export interface PrometheusClient {
  /**
   * `data` of the answer. The same question is asked once.
   * Throws ERR_PROMETHEUS_ANSWER for one that it refuses or does not answer in time, ERR_PROMETHEUS_UNREACHABLE when it is not there.
   */
  ask(path: string, parameters?: Readonly<Record<string, string>>): Promise<unknown>;
}

/** No more than `concurrency` questions (default 8) are open at a time; each may take `timeoutMs` (default 20 s). */
export function prometheusClient(
  address: string,
  { concurrency = 8, timeoutMs = 20_000 }: { concurrency?: number; timeoutMs?: number } = {},
): PrometheusClient {
  const answers = new Map<string, Promise<unknown>>();
  const waiting: (() => void)[] = [];
  let open = 0;
  const inTurn = async (work: () => Promise<unknown>) => {
    if (open >= concurrency) await new Promise<void>((turn) => waiting.push(turn));
    open += 1;
    try {
      return await work();
    } finally {
      open -= 1;
      waiting.shift()?.();
    }
  };
  return {
    ask(path, parameters = {}) {
      const question = `${path}?${new URLSearchParams(parameters)}`;
      let answer = answers.get(question);
      if (answer === undefined) {
        answer = inTurn(() => askOnce(address, path, parameters, timeoutMs));
        answers.set(question, answer);
      }
      return answer;
    },
  };
}

/** Expressions may be longer than an address: those questions are posted. */
const POSTED = /\/(query|query_range|series)$/;

async function askOnce(
  address: string,
  path: string,
  parameters: Readonly<Record<string, string>>,
  timeoutMs: number,
): Promise<unknown> {
  const url = new URL(`${address.replace(/\/+$/, '')}${path}`);
  const post = POSTED.test(path);
  if (!post) url.search = String(new URLSearchParams(parameters));
  let status: number;
  let text: string;
  try {
    const answer = await fetch(url, {
      ...(post && { method: 'POST', body: new URLSearchParams(parameters) }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    status = answer.status;
    text = await answer.text();
  } catch (error) {
    throw failed(address, parameters, timeoutMs, error);
  }
  const { status: said, data, error } = json(text);
  if (said === 'success') return data;
  if (said === 'error') throw new CliError('ERR_PROMETHEUS_ANSWER', String(error));
  throw new CliError(
    'ERR_PROMETHEUS_UNREACHABLE',
    `Expected Prometheus' API at ${address}, got ${status} ${text.slice(0, 200)}`,
  );
}

function failed(
  address: string,
  { query = '' }: Readonly<Record<string, string>>,
  timeoutMs: number,
  error: unknown,
): CliError {
  const { name, message, cause } = error as Error;
  if (name === 'TimeoutError') {
    const what = query === '' ? 'an answer' : 'the answer to a query';
    return new CliError(
      'ERR_PROMETHEUS_ANSWER',
      `Expected ${what} within ${timeoutMs / 1000} s, got none`,
    );
  }
  const why = (cause as { code?: string } | undefined)?.code ?? message;
  return new CliError(
    'ERR_PROMETHEUS_UNREACHABLE',
    `Expected Prometheus at ${address}, got ${why}; start it, or name another one by --prometheus <url>.`,
  );
}

function json(text: string): { status?: unknown; data?: unknown; error?: unknown } {
  try {
    return JSON.parse(text) as object;
  } catch {
    return {};
  }
}
