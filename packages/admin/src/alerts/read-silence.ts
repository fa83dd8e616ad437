import { AdminError } from '../admin-error.ts';
import type { Settings } from '../monitoring-options.ts';

/** What is to be silenced, why and for how long, as a super admin asked. */
export interface AskedSilence {
  /** The fingerprint of an alert, or what it must look like: equalities only. */
  readonly target: string | readonly { readonly name: string; readonly value: string }[];
  readonly minutes: number;
  readonly comment: string;
}

/** `{ alert | matchers, minutes, comment }`. Throws ERR_ADMIN_BODY. */
export function readSilence(body: unknown, { limits }: Pick<Settings, 'limits'>): AskedSilence {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw badBody('the body', 'a JSON object');
  const { alert, matchers, minutes, comment, ...rest } = body as Readonly<Record<string, unknown>>;
  if (Object.keys(rest).length > 0)
    throw badBody('the body', '{ alert or matchers, minutes, comment }');
  if ((alert === undefined) === (matchers === undefined))
    throw badBody('the body', 'about one alert, or about matchers');
  return {
    target: alert === undefined ? readMatchers(matchers) : readFingerprint(alert),
    minutes: readMinutes(minutes, limits.maxSilenceMinutes),
    comment: readText('comment', comment, 500),
  };
}

function readFingerprint(alert: unknown): string {
  if (typeof alert !== 'string' || !/^[0-9a-f]{1,32}$/.test(alert))
    throw badBody('alert', 'the fingerprint of an alert');
  return alert;
}

function readMatchers(matchers: unknown): { name: string; value: string }[] {
  if (!Array.isArray(matchers) || matchers.length === 0 || matchers.length > 20)
    throw badBody('matchers', '1 to 20 labels with their values');
  return matchers.map((matcher: unknown) => {
    const { name, value, ...rest } = (matcher ?? {}) as Readonly<Record<string, unknown>>;
    if (typeof name !== 'string' || !/^[a-zA-Z_]\w{0,127}$/.test(name))
      throw badBody('the name of a matcher', 'the name of a label');
    if (Object.keys(rest).length > 0) throw badBody('a matcher', '{ name, value }');
    return { name, value: readText('the value of a matcher', value, 1_000) };
  });
}

function readMinutes(minutes: unknown, most: number): number {
  if (typeof minutes !== 'number' || !Number.isInteger(minutes) || minutes < 1 || minutes > most)
    throw badBody('minutes', `a whole number from 1 to ${most}`);
  return minutes;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;

/** One line, without what turns or hides text. */
function readText(name: string, text: unknown, most: number): string {
  const trimmed = typeof text === 'string' ? text.trim() : '';
  if (trimmed === '' || trimmed.length > most || CONTROLS.test(trimmed))
    throw badBody(name, `a line of 1 to ${most} characters`);
  return trimmed;
}

const badBody = (name: string, expected: string) =>
  new AdminError(
    'ERR_ADMIN_BODY',
    `Expected ${name} to be ${expected}.`,
    'Correct what you entered.',
  );
