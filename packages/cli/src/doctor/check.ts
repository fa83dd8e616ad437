import type { DoctorContext } from './doctor-context.ts';

/** The parts of the way that a metric takes, in its order. */
export const GROUPS = [
  'app',
  'collector',
  'prometheus',
  'fleet',
  'rules',
  'alerting',
  'grafana',
  'clocks',
] as const;
export type Group = (typeof GROUPS)[number];

/** `warn`: it works, and somebody should look. `skipped`: it could not be asked, and the message says why. */
export type Status = 'ok' | 'warn' | 'fail' | 'skipped';

/** What a check has seen. */
export interface Result {
  readonly status: Status;
  /** What was seen, one sentence. Never a secret. */
  readonly message: string;
  /** What to do about it; with `warn` and `fail` always. */
  readonly hint?: string;
}

/** One row of the doctor. It changes nothing, except that the probe sends one point. */
export interface Check {
  /** Stable: scripts and `--only` name it. */
  readonly id: string;
  readonly group: Group;
  /** What is asked, in a few words. */
  readonly title: string;
  /** Checks that must not have failed: otherwise this one says nothing new and is skipped. */
  readonly needs?: readonly string[];
  run(context: DoctorContext): Result | Promise<Result>;
}

export const ok = (message: string): Result => ({ status: 'ok', message });
export const warn = (message: string, hint: string): Result => ({ status: 'warn', message, hint });
export const fail = (message: string, hint: string): Result => ({ status: 'fail', message, hint });
export const skipped = (message: string): Result => ({ status: 'skipped', message });
