import {
  Agent,
  request as askHttp,
  type IncomingMessage,
  type OutgoingHttpHeaders,
} from 'node:http';
import { request as askHttps, Agent as TlsAgent } from 'node:https';
import { GrafanaProblem } from './grafana-problem.ts';

export interface GrafanaQuestion {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
  /** Ends the question, and the answer while it still comes. */
  readonly signal: AbortSignal;
}

/** Asks one Grafana, over connections that are kept. Rejects with a problem that tells a slow one from one that is away. */
export function grafanaClient(upstream: URL) {
  const secure = upstream.protocol === 'https:';
  const agent = secure ? new TlsAgent({ keepAlive: true }) : new Agent({ keepAlive: true });
  const ask = secure ? askHttps : askHttp;
  return ({ method, path, headers, body, signal }: GrafanaQuestion): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = upstream;
      const length = body.length > 0 || /^P/.test(method) ? { 'content-length': body.length } : {};
      const question = ask({
        ...{ agent, method, path, signal, port },
        hostname: hostname.replace(/^\[|\]$/g, ''),
        headers: { ...headers, ...length },
      });
      question.once('response', resolve);
      question.once('error', (error) => reject(asProblem(error, signal)));
      question.end(body);
    });
}

/** What came of a question that failed. */
export function asProblem(error: unknown, signal: AbortSignal): GrafanaProblem {
  if (error instanceof GrafanaProblem) return error;
  const late = signal.aborted && (signal.reason as Error | undefined)?.name === 'TimeoutError';
  return late
    ? new GrafanaProblem(
        'ERR_GRAFANA_SLOW',
        'Grafana did not answer in time.',
        'Choose a shorter time range, or try again.',
        error,
      )
    : new GrafanaProblem(
        'ERR_GRAFANA_DOWN',
        'Grafana can not be reached.',
        'The monitoring page does not need it; see whether Grafana runs.',
        error,
      );
}
