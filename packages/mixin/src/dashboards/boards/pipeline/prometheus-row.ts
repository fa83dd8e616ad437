import type { ResolvedSpec } from '../../../monitoring-spec.ts';
import {
  blocksBytes,
  headSeries,
  otlpAnswers,
  ruleEvaluations,
  ruleFailures,
  ruleGroupLoad,
  ruleIterationsMissed,
  samplesAppended,
  samplesOutOfBounds,
  samplesTooOld,
} from '../../../queries/pipeline-queries.ts';
import { walFaults, walSize } from '../../../queries/wal-queries.ts';
import { orZero } from '../../../query/or-zero.ts';
import { panelScope } from '../../../query/query-scope.ts';
import { infrastructureThresholds } from '../../../thresholds/infrastructure-thresholds.ts';
import { pipelineThresholds } from '../../../thresholds/pipeline-thresholds.ts';
import { type Row, row } from '../../frame/layout.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';

const INSTANCE = ['instance'];

/** Prometheus: what it takes, refuses and computes. */
export function prometheusRow({ histograms }: ResolvedSpec): Row {
  const scope = panelScope(histograms);
  const evaluations = ruleEvaluations(scope, INSTANCE);
  return row('Prometheus', [
    timeSeries({
      title: 'Answers to the Collector',
      description: {
        shows: 'Answers a second of the OTLP endpoint of Prometheus, by status code.',
        matters:
          '400 and 500 are a whole batch of up to 2,000 points that nobody sends again; 503 is tried again.',
        act: 'The log of Prometheus names the first bad point: too old, delta, or the same time with another value.',
      },
      unit: unit.requestsPerSecond,
      thresholds: neutral,
      stack: true,
      queries: [query(otlpAnswers(scope, ['code']), '{{code}}')],
    }),
    timeSeries({
      title: 'Refused samples',
      description: {
        shows:
          'Samples a second that were refused: older than the out-of-order window, or outside of what the head block takes.',
        matters: 'Each refused one takes its whole request with it.',
        act: 'After an outage longer than out_of_order_time_window (30 min) it ends by itself. Otherwise mend the clock of a host.',
      },
      unit: unit.countsPerSecond,
      thresholds: badAbove(infrastructureThresholds.refusedSamples),
      queries: [
        query(samplesTooOld(scope, INSTANCE), 'too old, {{instance}}'),
        query(samplesOutOfBounds(scope, INSTANCE), 'out of bounds, {{instance}}'),
      ],
    }),
    timeSeries({
      title: 'Series in memory',
      description: {
        shows: 'Series that Prometheus holds in memory.',
        matters:
          'Memory and price grow with it, about 4 KiB each. A jump is an attribute without bounds.',
        act: 'Status > TSDB in Prometheus names the metric and label. Bound the attribute in the catalog.',
      },
      unit: unit.count,
      thresholds: neutral,
      queries: [query(headSeries(scope, INSTANCE), '{{instance}}')],
    }),
    timeSeries({
      title: 'Samples stored',
      description: {
        shows: 'Samples a second that Prometheus stored, by type.',
        matters: 'With the retention it makes the size of the disk: about 1.5 bytes each.',
        act: 'Twice as many without twice the services: an export interval was shortened, or series exploded.',
      },
      unit: unit.countsPerSecond,
      thresholds: neutral,
      stack: true,
      queries: [query(samplesAppended(scope, ['type']), '{{type}}')],
    }),
    timeSeries({
      title: 'Rule evaluations',
      description: {
        shows:
          'Evaluations of rules a second: all, failed ones, and groups that were left out because the one before took too long.',
        matters: 'A rule that fails is an alert that never comes.',
        act: 'Status > Rules in Prometheus shows the error of each. Often two series where a join expects one.',
      },
      unit: unit.operationsPerSecond,
      thresholds: neutral,
      queries: [
        query(evaluations, 'all, {{instance}}'),
        query(orZero(ruleFailures(scope, INSTANCE), evaluations), 'failed, {{instance}}'),
        query(orZero(ruleIterationsMissed(scope, INSTANCE), evaluations), 'left out, {{instance}}'),
      ],
    }),
    timeSeries({
      title: 'Time of rule groups',
      description: {
        shows:
          'Time that the last evaluation of a group took as a share of its interval: the ten slowest.',
        matters: 'At 100 % evaluations are left out, and alerts come late or not at all.',
        act: 'Record what its alerts ask twice, or split the group.',
      },
      unit: unit.ratio,
      thresholds: badAbove(pipelineThresholds.ruleGroupLoad),
      queries: [query(`topk(10, ${ruleGroupLoad(scope)})`, '{{rule_group}}')],
    }),
    timeSeries({
      title: 'Storage',
      description: {
        shows:
          'Bytes of the write-ahead log, late samples included, and of blocks. The first block comes after two hours.',
        matters: 'The disk must hold the whole retention and the log beside it.',
        act: 'See the forecast on System and infrastructure; shorten storage.tsdb.retention or make the disk greater.',
      },
      unit: unit.bytes,
      thresholds: neutral,
      queries: [
        query(walSize(scope), 'log, {{instance}}'),
        query(blocksBytes(scope, INSTANCE), 'blocks, {{instance}}'),
      ],
    }),
    timeSeries({
      title: 'Faults of the log',
      description: {
        shows: 'Failed writes and corruptions of the write-ahead log a second.',
        matters: 'What is not in the log is lost at the next restart.',
        act: 'Is the disk full or failing? See dmesg. Then restart Prometheus: it repairs the log and says what it cut off.',
      },
      unit: unit.countsPerSecond,
      thresholds: badAbove(infrastructureThresholds.walFaults),
      queries: [query(walFaults(scope), '{{instance}}')],
    }),
  ]);
}
