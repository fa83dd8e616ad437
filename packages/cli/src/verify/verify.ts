import { CliError } from '../cli-error.ts';
import type { AskTime } from './ask-query.ts';
import type { ExpectedEmpty } from './expected-empty.ts';
import type { Place } from './finding.ts';
import { prometheusClient } from './prometheus-client.ts';
import type { DashboardQueries } from './read-dashboard.ts';
import type { FileRule } from './read-rules.ts';
import { verifyDashboard } from './verify-dashboard.ts';
import { isAbout, type VerifyReport, verifyReport } from './verify-report.ts';
import { verifyRules } from './verify-rules.ts';
import { youngRecords } from './young-records.ts';

/** What is asked of which Prometheus. */
export interface VerifyInput {
  readonly prometheus: string;
  readonly dashboards: readonly DashboardQueries[];
  readonly rules: readonly FileRule[];
  readonly expected: readonly ExpectedEmpty[];
  /** Seconds: `timeInterval` of Grafana's data source. */
  readonly interval: number;
}

/** Graphs are asked for their last five minutes, `$__range` is an hour. */
const LOOK_BACK = 300;
const RANGE = 3_600;

/**
 * Asks every query once. Throws ERR_PROMETHEUS_UNREACHABLE when nobody answers, ERR_EXPECTED_EMPTY for an entry about a panel,
 * rule or alert that does not exist.
 */
export async function verify(
  input: VerifyInput,
  onProgress: (asked: number, all: number) => void = () => {},
): Promise<VerifyReport> {
  const { dashboards, rules, expected } = input;
  checkExpected(input);
  const prometheus = prometheusClient(input.prometheus);
  const time: AskTime = { now: Date.now() / 1000, lookBack: LOOK_BACK };
  const settings = { scrapeInterval: input.interval, range: RANGE };
  const all = dashboards.reduce((sum, dashboard) => sum + queriesIn(dashboard), rules.length);
  let asked = 0;
  const onAsked = () => {
    asked += 1;
    onProgress(Math.min(asked, all), all);
  };
  const young = await youngRecords(prometheus, rules, time);
  const [verdicts, ruleFindings] = await Promise.all([
    Promise.all(
      dashboards.map((dashboard) =>
        verifyDashboard(prometheus, dashboard, time, settings, young, onAsked),
      ),
    ),
    verifyRules(prometheus, rules, time, young, onAsked),
  ]);
  return verifyReport({
    ...{ prometheus: input.prometheus, now: time.now },
    ...{ verdicts, rules, ruleFindings, expected },
  });
}

const queriesIn = ({ annotations, panels }: DashboardQueries) =>
  panels.reduce((sum, { queries }) => sum + queries.length, annotations.length);

function checkExpected({ dashboards, rules, expected }: VerifyInput): void {
  const places: readonly Place[] = [
    ...dashboards.flatMap(({ uid, panels }) =>
      panels.map(({ title }) => ({ dashboard: uid, panel: title })),
    ),
    ...rules.map(({ kind, name }) => (kind === 'alerting' ? { alert: name } : { rule: name })),
  ];
  const asked = [
    ...dashboards.flatMap(({ panels }) => panels.flatMap(({ queries }) => queries)),
    ...rules,
  ].map(({ expr }) => expr);
  const unknown = expected.filter(({ metrics, ...entry }) =>
    metrics === undefined
      ? !places.some((place) => isAbout(entry, place))
      : !asked.some((expr) => expr.includes(metrics)),
  );
  if (unknown.length === 0) return;
  throw new CliError(
    'ERR_EXPECTED_EMPTY',
    `Expected entries about panels, rules and alerts that exist, got ${unknown.map((entry) => JSON.stringify(entry)).join(', ')}; remove or correct them.`,
  );
}
