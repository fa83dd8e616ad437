import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { SecureContextOptions } from 'node:tls';

export interface Question {
  readonly url: string;
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly tls?: SecureContextOptions;
  /** Default 1 MiB. */
  readonly maxBytes?: number;
  /** From the first byte sent to the last received. Default: that of all. */
  readonly timeoutMs?: number;
}

/** An answer, or in words why there is none. */
export type Answer =
  | {
      readonly status: number;
      readonly headers: Readonly<Record<string, string | string[] | undefined>>;
      readonly body: string;
      readonly problem?: undefined;
    }
  | { readonly problem: string };

/** Asks once. Never throws, follows no redirect, and ends in time however the server behaves. */
export type BoundedRequest = (question: Question) => Promise<Answer>;

const MEBIBYTE = 1_048_576;

/** `onDate` is told the `Date` of every answer with the middle of the time that it took. */
export function boundedRequest(
  timeoutMs: number,
  onDate: (host: string, theirs: number, ours: number) => void = () => {},
): BoundedRequest {
  return async (question) => {
    const began = Date.now();
    const answer = await askOnce({ timeoutMs, ...question });
    const date =
      answer.problem === undefined ? Date.parse(String(answer.headers.date)) : Number.NaN;
    if (!Number.isNaN(date)) onDate(new URL(question.url).host, date, (began + Date.now()) / 2);
    return answer;
  };
}

function askOnce(question: Question & { readonly timeoutMs: number }): Promise<Answer> {
  const { url, method = 'GET', headers, body, tls, maxBytes = MEBIBYTE, timeoutMs } = question;
  return new Promise((answered) => {
    const stop = AbortSignal.timeout(timeoutMs);
    const give = (answer: Answer) => {
      answered(answer);
      asked?.destroy();
    };
    const failed = (error: NodeJS.ErrnoException) =>
      give({
        problem: stop.aborted ? `no whole answer within ${timeoutMs / 1000} s` : reason(error),
      });
    let asked: ReturnType<typeof httpRequest> | undefined;
    try {
      const send = url.startsWith('https:') ? httpsRequest : httpRequest;
      asked = send(url, { method, headers: { ...headers }, ...tls, agent: false, signal: stop });
    } catch (error) {
      return give({ problem: reason(error as NodeJS.ErrnoException) });
    }
    asked.on('error', failed);
    asked.on('response', (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('error', failed);
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > maxBytes) return give({ problem: `an answer of more than ${maxBytes} bytes` });
        chunks.push(chunk);
      });
      response.on('end', () =>
        give({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    asked.end(body);
  });
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there (ECONNREFUSED)',
  ENOTFOUND: 'no such host (ENOTFOUND)',
  ECONNRESET: 'the connection was torn down (ECONNRESET)',
};

function reason({ code, message }: NodeJS.ErrnoException): string {
  if (code === undefined) return message;
  if (code.startsWith('HPE_')) return `something that is no HTTP (${code})`;
  return REASONS[code] ?? code;
}
