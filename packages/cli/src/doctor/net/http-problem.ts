import type { Answer } from './bounded-request.ts';

/** In one phrase what an answer was, when it was not the expected one. `shown` is an address without secrets. */
export function httpProblem(shown: string, answer: Answer): string {
  if (answer.problem !== undefined) return `${shown}: ${answer.problem}`;
  const { status, headers, body } = answer;
  if (status >= 300 && status < 400) {
    const host = URL.parse(String(headers.location), shown)?.host ?? 'an unreadable address';
    return `${shown} answers ${status}, a redirect to ${host}, which is not followed`;
  }
  const text = body.slice(0, 200).trim();
  return `${shown} answers ${status}${text === '' ? '' : ` ${JSON.stringify(text)}`}`;
}
