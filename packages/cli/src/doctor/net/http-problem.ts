import type { Answer } from './bounded-request.ts';

const SHOWN = 200;

/** In one phrase what an answer was, when it was not the expected one. `shown` is an address without secrets. */
export function httpProblem(shown: string, answer: Answer): string {
  if (answer.problem !== undefined) return `${shown}: ${answer.problem}`;
  const { status, headers, body } = answer;
  if (status >= 300 && status < 400) {
    const host = URL.parse(String(headers.location), shown)?.host ?? 'an unreadable address';
    return `${shown} answers ${status}, a redirect to ${host}, which is not followed`;
  }
  // A word that the cut would halve goes: half of a secret is not known as one.
  const text = (body.length > SHOWN ? body.slice(0, SHOWN).replace(/\S*$/, '') : body).trim();
  return `${shown} answers ${status}${text === '' ? '' : ` ${JSON.stringify(text)}`}`;
}
