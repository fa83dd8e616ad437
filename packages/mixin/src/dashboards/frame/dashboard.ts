import {
  type Dashboard,
  DashboardCursorSync,
  type DashboardLink,
  type Panel,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { Metric } from '../../metrics/metric.ts';
import type { ResolvedSpec } from '../../monitoring-spec.ts';
import { isAbsent } from '../../parts/absent-parts.ts';
import { annotationsOf } from './annotations.ts';
import { layOut, type Row } from './layout.ts';
import { allDashboardsLink, TAG } from './links.ts';
import { type LabelVariable, variablesOf } from './variables.ts';

/**
 * The SDK exports every 60 s unless told otherwise (`OTEL_METRIC_EXPORT_INTERVAL`): asking more often shows nothing new. Where
 * applications export faster, a person may choose from the other intervals.
 */
const REFRESH = '1m';
const REFRESH_CHOICES = ['15s', '30s', '1m', '5m', '15m', '1h'];

export interface DashboardDefinition {
  readonly uid: string;
  readonly title: string;
  /** Who opens it, with which question. */
  readonly description: string;
  /** Beside `bellwether`. */
  readonly tags: readonly string[];
  /** The metrics that fill the variables: one of those that every panel's subject has. */
  readonly about: readonly [Metric, ...Metric[]];
  /** False where series are added up over instances, as recorded ones are: no variable for them then. Default true. */
  readonly instances?: boolean;
  /** Variables beside data source, environment, job, instance and tenant. */
  readonly variables?: readonly LabelVariable[];
  /** Buttons to the dashboards that one goes to next, made by `dashboardLink`. */
  readonly links: readonly DashboardLink[];
  readonly rows: readonly Row[];
  /** Time range when it is opened. Default `now-1h`. */
  readonly from?: string;
}

/** A dashboard in house style: read-only, variables, links, deployments and alerts, shared crosshair, the reader's time zone. */
export function dashboard(spec: ResolvedSpec, definition: DashboardDefinition): Dashboard {
  const { uid, title, description, tags, about, links, rows } = definition;
  const services = about.some(({ origin }) => origin === 'service');
  return {
    uid,
    title,
    description,
    tags: [TAG, ...tags],
    schemaVersion: 42,
    editable: false,
    graphTooltip: DashboardCursorSync.Crosshair,
    timezone: 'browser',
    time: { from: definition.from ?? 'now-1h', to: 'now' },
    refresh: REFRESH,
    timepicker: { refresh_intervals: REFRESH_CHOICES },
    fiscalYearStartMonth: 0,
    liveNow: false,
    preload: false,
    templating: { list: variablesOf(definition, spec.histograms) },
    annotations: { list: annotationsOf(services) },
    links: [allDashboardsLink, ...links],
    panels: layOut(rows.map((row) => present(row, spec))),
  };
}

/** A row without the panels that only ask for what the services do not have. */
function present({ title, panels }: Row, spec: ResolvedSpec): Row {
  const isEmpty = ({ targets = [] }: Panel) =>
    targets.length > 0 && targets.every((target) => isAbsent(queryOf(target), spec));
  return { title, panels: panels.filter((panel) => !isEmpty(panel)) };
}

const queryOf = (target: object): string =>
  'expr' in target && typeof target.expr === 'string' ? target.expr : '';
