import { appendFileSync } from 'node:fs';
import type { AdminAnswer } from '../admin-browser.ts';

/** What an attacker must never be shown: who the super admin is, another tenant's orders, files, hashes. */
const SECRETS = /planted-ada|Orders of globex|"name": "@bellwether|root:x:0|scrypt\$/;

export const leakIn = (text: string): string | undefined => SECRETS.exec(text)?.[0];

/** One row for `npm run attack`, where that runs us. */
export function recordAttack(
  kind: string,
  what: string,
  { status, text, location }: Pick<AdminAnswer, 'status' | 'text' | 'location'>,
): void {
  const file = process.env.ATTACK_REPORT;
  if (file === undefined) return;
  const code = /"code":"(\w+)"/.exec(text)?.[1] ?? /\d{3} · (\w+)/.exec(text)?.[1];
  const row = {
    target: 'login area',
    ...{ kind, what, status },
    // A page keeps the rows: secrets of a shop that is gone are no reading.
    code: code ?? location?.replace(/(?<![\w-])[\w-]{43}(?![\w-])/g, '(secret)') ?? '',
    bytes: text.length,
    leak: leakIn(text),
  };
  appendFileSync(file, `${JSON.stringify(row)}\n`);
}
