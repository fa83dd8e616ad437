import type { ExpectedEmpty } from './expected-empty.ts';
import type { Finding, Place } from './finding.ts';
import type { FileRule } from './read-rules.ts';
import type { DashboardVerdict } from './verify-dashboard.ts';

export interface VerifyReport {
  readonly ok: boolean;
  readonly prometheus: string;
  /** ISO 8601. */
  readonly at: string;
  readonly counts: {
    readonly dashboards: number;
    readonly panels: number;
    /** Of dashboards and rules. */
    readonly queries: number;
    /** Queries that return nothing and are not expected to. */
    readonly empty: number;
    readonly expectedEmpty: number;
    readonly recordingRules: number;
    readonly alerts: number;
    /** Everything that does not work, empty queries included. */
    readonly problems: number;
  };
  readonly dashboards: readonly (Omit<DashboardVerdict, 'findings'> & { readonly empty: number })[];
  readonly problems: readonly Finding[];
  /** Empty, as the list says, each with its reason. */
  readonly expected: readonly { readonly finding: Finding; readonly reason: string }[];
  /** What is about something that has not occurred yet; not wrong. */
  readonly unseen: readonly Finding[];
  /** Entries of the list that are not empty any more. */
  readonly stale: readonly ExpectedEmpty[];
}

/** Weighs what was found against what is expected to be empty. */
export function verifyReport({
  prometheus,
  now,
  verdicts,
  rules,
  ruleFindings,
  expected,
}: {
  readonly prometheus: string;
  /** Seconds since 1970. */
  readonly now: number;
  readonly verdicts: readonly DashboardVerdict[];
  readonly rules: readonly FileRule[];
  readonly ruleFindings: readonly Finding[];
  readonly expected: readonly ExpectedEmpty[];
}): VerifyReport {
  const findings = [...verdicts.flatMap((verdict) => verdict.findings), ...ruleFindings];
  const wrong = findings.filter(({ kind }) => kind !== 'unseen');
  const reasonOf = (finding: Finding) =>
    finding.kind === 'empty'
      ? expected.find((entry) => excuses(entry, finding))?.reason
      : undefined;
  const problems = wrong.filter((finding) => reasonOf(finding) === undefined);
  const excused = wrong.flatMap((finding) => {
    const reason = reasonOf(finding);
    return reason === undefined ? [] : [{ finding, reason }];
  });
  const empty = problems.filter(({ kind }) => kind === 'empty');
  const count = (kind: FileRule['kind']) => rules.filter((rule) => rule.kind === kind).length;
  return {
    ...{ ok: problems.length === 0, prometheus, at: new Date(now * 1000).toISOString() },
    counts: {
      dashboards: verdicts.length,
      panels: sum(verdicts.map(({ panels }) => panels)),
      queries: sum(verdicts.map(({ queries }) => queries)) + rules.length,
      empty: empty.length,
      expectedEmpty: excused.length,
      recordingRules: count('recording'),
      alerts: count('alerting'),
      problems: problems.length,
    },
    dashboards: verdicts.map(({ findings: _, ...verdict }) => ({
      ...verdict,
      empty: empty.filter(({ place }) => place.dashboard === verdict.uid).length,
    })),
    ...{ problems, expected: excused },
    unseen: findings.filter(({ kind }) => kind === 'unseen'),
    stale: expected.filter((entry) => !wrong.some((finding) => excuses(entry, finding))),
  };
}

/** Whether an entry of the list says why this is empty. */
function excuses(entry: ExpectedEmpty, { place, missing }: Finding): boolean {
  const { metrics } = entry;
  if (metrics === undefined) return isAbout(entry, place);
  return missing.length > 0 && missing.every(({ metric = '' }) => metric.startsWith(metrics));
}

/** Whether an entry of the list is about this place. */
export function isAbout(entry: ExpectedEmpty, place: Place): boolean {
  if (entry.rule !== undefined) return entry.rule === place.rule;
  if (entry.alert !== undefined) return entry.alert === place.alert;
  return entry.dashboard === place.dashboard && entry.panel === place.panel;
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
