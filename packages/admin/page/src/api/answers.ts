// What the server answers, as docs/guides/admin.md describes it. Labels come from outside: text, never markup.

export type Role = 'super-admin' | 'tenant-admin';

export interface Session {
  readonly user: string;
  readonly role: Role;
  readonly tenant: string | null;
  readonly environments: readonly string[];
  /** Whether there is an Alertmanager. */
  readonly alerts: boolean;
  readonly refreshSeconds: number;
  /** Longest silence. */
  readonly maxSilenceMinutes: number;
  readonly grafana: {
    readonly url: string;
    readonly boards: Readonly<Record<string, string>>;
  } | null;
  readonly csrfHeader: string;
  /** Unix seconds of the server. */
  readonly time: number;
}

export type PanelKind = 'stat' | 'timeseries' | 'heatmap' | 'bar' | 'table' | 'gauge';

export interface Threshold {
  readonly value: number;
  readonly severity: 'warning' | 'critical';
  /** Which side of it is bad; default above. */
  readonly bad?: 'above' | 'below';
}

export interface Panel {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly unit: string;
  readonly kind: PanelKind;
  readonly query: string;
  readonly thresholds?: readonly Threshold[];
  /** A template such as `{{service}}`. */
  readonly legend?: string;
  readonly group?: string;
  readonly size?: 'small' | 'wide';
  readonly graph?: 'line' | 'area' | 'stacked';
}

export interface View {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly panels: readonly Panel[];
}

export type Labels = Readonly<Record<string, string>>;
export type Point = readonly [seconds: number, value: number | null];

export interface Series {
  readonly labels: Labels;
  readonly points: readonly Point[];
}

export interface RangeAnswer {
  readonly query: string;
  readonly unit: string;
  /** About whom the answer is; null is everybody, also where a question has no answer about one tenant. */
  readonly tenant: string | null;
  readonly from: number;
  readonly to: number;
  readonly step: number;
  readonly series: readonly Series[];
  readonly truncated: boolean;
  readonly warnings: readonly string[];
}

export interface InstantRow {
  readonly labels: Labels;
  readonly value: number | null;
}

export interface InstantAnswer {
  readonly query: string;
  readonly unit: string;
  readonly tenant: string | null;
  readonly time: number;
  readonly rows: readonly InstantRow[];
  readonly truncated: boolean;
  readonly warnings: readonly string[];
}

/** A row of the table of tenants: its name, and one number for each other column. */
export interface TenantRow {
  readonly tenant: string;
  readonly [column: string]: string | number | null;
}

export interface TenantsAnswer {
  readonly tenants: readonly TenantRow[];
  readonly total: number;
}

export interface Alert {
  readonly fingerprint: string;
  readonly name: string;
  readonly severity: string;
  readonly state: 'active' | 'suppressed' | 'unprocessed';
  readonly tenant: string | null;
  readonly service: string | null;
  readonly environment: string | null;
  readonly summary: string;
  readonly description: string;
  readonly runbook: string | null;
  readonly startsAt: string;
  readonly silencedBy: readonly string[];
}

export interface Matcher {
  readonly name: string;
  readonly value: string;
  readonly isRegex: boolean;
  /** False where it is silenced whatever is not like that. */
  readonly isEqual: boolean;
}

export interface Silence {
  readonly id: string;
  readonly matchers: readonly Matcher[];
  readonly createdBy: string;
  readonly comment: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly state: string;
}

export interface AlertsAnswer {
  readonly alerts: readonly Alert[];
  readonly silences: readonly Silence[];
}

export interface AuditEntry {
  readonly id: string | number;
  readonly at: string;
  readonly user: string;
  readonly role: string;
  readonly action: string;
  readonly target: unknown;
  readonly detail: unknown;
}

export interface AuditAnswer {
  readonly entries: readonly AuditEntry[];
}

export interface LiveFigure {
  readonly id: string;
  readonly title: string;
  readonly value: number | null;
  readonly unit: string;
  readonly labels?: Labels;
}

/** A figure's name among its siblings: the same figure comes once for each currency. */
export const figureKey = ({ id, labels = {} }: LiveFigure): string =>
  [id, ...Object.values(labels)].join(' ');
