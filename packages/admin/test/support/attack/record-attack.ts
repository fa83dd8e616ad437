import { appendFileSync } from 'node:fs';

/** One row of what came back. A status of 0 is none: the request never left, or the connection was just closed. */
export interface AttackRow {
  readonly kind: string;
  readonly what: string;
  readonly status: number;
  readonly code: string;
  readonly bytes: number;
  readonly leak: string | undefined;
}

/** For `npm run attack`, where that runs us. */
export function recordAttack(row: AttackRow): void {
  const file = process.env.ATTACK_REPORT;
  if (file !== undefined)
    appendFileSync(file, `${JSON.stringify({ target: 'monitoring page', ...row })}\n`);
}
