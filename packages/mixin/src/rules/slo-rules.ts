import type { ResolvedSpec } from '../monitoring-spec.ts';
import { ruleScope } from '../query/query-scope.ts';
import { SERVICE, TENANT } from '../query/service-labels.ts';
import { allSlos } from '../slo/all-slos.ts';
import type { Slo } from '../slo/slo.ts';
import {
  type SloLevel,
  type SloWindow,
  sloIntervals,
  sloRecords,
  TARGET,
} from '../slo/slo-records.ts';
import { durationSeconds } from '../spec/duration.ts';
import type { RecordingRule, RuleGroup } from './recording-rule.ts';

/**
 * The share of bad events over each window, and the budget that is left.
 *
 * Raw series are read over five minutes only; longer windows add up what was recorded. They add up events and bad events apart and
 * divide then, so that an hour counts by its traffic: the mean of ratios would let a quiet night outweigh a busy noon.
 *
 * Cost, for each service and for each tenant: 13 series a promise, 2,600 for 200 tenants. The window of 30 days reads 21,600
 * samples of a series every two minutes, of the hourly means; from those of half a minute it would be 86,400. Two minutes, because a series that is
 * written less often than the lookback of five minutes allows has gaps in every query.
 */
export function sloRules(spec: ResolvedSpec): readonly RuleGroup[] {
  const slos = allSlos(spec);
  if (slos.length === 0) return [];
  const levels: SloLevel[] = slos.some(({ metric }) => metric.tenant)
    ? ['slo', 'slo_tenant']
    : ['slo'];
  return [
    {
      name: 'slo-events',
      interval: spec.time(sloIntervals.events),
      rules: slos.flatMap((slo) => [
        { record: TARGET, expr: `vector(${slo.target})`, labels: { slo: slo.id } },
        ...eventRules(slo, spec),
      ]),
    },
    {
      name: 'slo-short-windows',
      interval: spec.time('1m'),
      rules: levels.flatMap((level) => shortWindows(level, spec)),
    },
    {
      name: 'slo-long-windows',
      interval: spec.time(sloIntervals.longWindows),
      rules: levels.flatMap((level) => longWindows(level, spec)),
    },
  ];
}

function eventRules(slo: Slo, spec: ResolvedSpec): readonly RecordingRule[] {
  const scope = ruleScope(spec.time('5m'), spec.histograms);
  const labels = { slo: slo.id };
  const rules = (level: SloLevel, by: readonly string[]) => [
    { record: sloRecords(level).events, expr: slo.events(scope, by), labels },
    { record: sloRecords(level).badEvents, expr: slo.badEvents(scope, by), labels },
  ];
  return [
    ...rules('slo', SERVICE),
    ...(slo.metric.tenant ? rules('slo_tenant', [...SERVICE, TENANT]) : []),
  ];
}

function shortWindows(level: SloLevel, spec: ResolvedSpec): readonly RecordingRule[] {
  const { events, badEvents, errorRatio } = sloRecords(level);
  const ratio = (window: SloWindow) => ({
    record: errorRatio(window),
    expr: overTime(badEvents, events, spec.time(window)),
  });
  return [
    { record: errorRatio('5m'), expr: `${badEvents} / ${events}` },
    ...(['30m', '1h', '2h', '6h'] as const).map(ratio),
  ];
}

function longWindows(level: SloLevel, spec: ResolvedSpec): readonly RecordingRule[] {
  const records = sloRecords(level);
  const { events, badEvents, eventsOfHour, badEventsOfHour, errorRatio } = records;
  return [
    { record: eventsOfHour, expr: meanOfHour(events, spec) },
    { record: badEventsOfHour, expr: meanOfHour(badEvents, spec) },
    ...(['1d', '3d', '30d'] as const).map((window) => ({
      record: errorRatio(window),
      expr: overTime(badEventsOfHour, eventsOfHour, spec.time(window)),
    })),
    {
      record: records.errorBudgetLeft,
      expr: `1 - ${errorRatio('30d')} / on (slo) group_left () (1 - ${TARGET})`,
    },
  ];
}

/**
 * A sum and no `avg_over_time`, which is the mean of what there is: four failures within the first ten minutes of a service would
 * be 24 an hour, and its first and last samples would count many times over in the windows that add up hours.
 */
function meanOfHour(rate: string, spec: ResolvedSpec): string {
  const hour = spec.time('1h');
  const samples = durationSeconds(hour) / durationSeconds(spec.time(sloIntervals.events));
  return `sum_over_time(${rate}[${hour}]) / ${samples}`;
}

function overTime(bad: string, all: string, window: string): string {
  return `sum_over_time(${bad}[${window}]) / sum_over_time(${all}[${window}])`;
}
