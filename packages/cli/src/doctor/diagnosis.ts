import type { Group, Status } from './check.ts';

/** A row: a check and what it has seen. */
export interface Row {
  readonly id: string;
  readonly group: Group;
  readonly title: string;
  readonly status: Status;
  readonly message: string;
  readonly hint?: string;
  /** How long it took. */
  readonly seconds: number;
}

/** What `--json` prints; docs/guides/doctor.md describes it. */
export interface Diagnosis {
  /** Of this document: a new field does not change it, a change or removal does. */
  readonly format: 1;
  /** ISO 8601. */
  readonly at: string;
  /** No row has failed. */
  readonly ok: boolean;
  readonly counts: Readonly<Record<Status, number>>;
  readonly checks: readonly Row[];
}

export function diagnosis(rows: readonly Row[], nowMs: number): Diagnosis {
  const count = (status: Status) => rows.filter((row) => row.status === status).length;
  const counts = {
    ok: count('ok'),
    warn: count('warn'),
    fail: count('fail'),
    skipped: count('skipped'),
  };
  return {
    format: 1,
    at: new Date(nowMs).toISOString(),
    ok: counts.fail === 0,
    counts,
    checks: rows,
  };
}
