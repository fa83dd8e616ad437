import type { ResolvedSpec } from '../monitoring-spec.ts';

/** `critical` wakes a person up, `warning` is a ticket for working hours, `info` is context, `none` is the Watchdog. */
export type Severity = 'critical' | 'warning' | 'info' | 'none';

/** Who is asked to act. Routes of Alertmanager tell by it. */
export type Team = 'platform' | 'service' | 'business';

/** One alert with all that belongs to it: one file each, below `alerts/<area>/`. */
export interface Alert {
  /** CamelCase; also the name of its runbook. */
  readonly name: string;
  readonly severity: Severity;
  readonly team: Team;
  readonly expr: string;
  /** How long it must hold, on the time scale of the spec: `spec.time('5m')`. Written into the rule as it is. */
  readonly for: string;
  /** `spec.time('10m')`. */
  readonly keepFiringFor?: string;
  /** Labels beside severity and team. */
  readonly labels?: Readonly<Record<string, string>>;
  /** One line with the labels, `{{ $labels.service_name }} fails {{ $value | humanizePercentage }} of requests`. */
  readonly summary: string;
  /** What it means and what is at stake, two or three sentences. */
  readonly description: string;
  /** uid of the dashboard to open, and its variables taken from labels of the alert: `{ 'var-job': 'job' }`. */
  readonly dashboard: {
    readonly uid: string;
    readonly variables?: Readonly<Record<string, string>>;
  };
  readonly runbook: Runbook;
  /** At least one that fires and one that stays silent. */
  readonly tests: readonly [AlertTest, AlertTest, ...AlertTest[]];
}

/** Markdown, written for a person who was just woken up. */
export interface Runbook {
  /** What one sees. */
  readonly symptom: string;
  /** What it means for users. */
  readonly meaning: string;
  /** How to look: queries, commands, dashboards. */
  readonly look: string;
  /** How to mend, most likely cause first. */
  readonly mend: string;
}

/** A case of `promtool test rules`, with numbers that could be real. */
export interface AlertTest {
  readonly name: string;
  /** Default `1m`. */
  readonly interval?: string;
  /** How seldom rules are evaluated. Default: each minute, or as often as samples come where these are ten minutes apart or more. */
  readonly evaluated?: string;
  /** Series to values in promtool's notation: `{ 'up{job="x"}': '1x10 0x20' }`. Raw metrics, never recorded ones. */
  readonly series: Readonly<Record<string, string>>;
  /** When one looks. */
  readonly at: string;
  /** The labels of every alert that fires then (severity and team are added); empty: silent. */
  readonly fires: readonly Readonly<Record<string, string>>[];
}

/** An alert of this spec, or none where the spec has nothing that it could be about. */
export type AlertSource = (spec: ResolvedSpec) => Alert | readonly Alert[] | undefined;
