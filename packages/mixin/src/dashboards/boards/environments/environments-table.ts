import {
  versionErrorRatio,
  versionLatency,
  versionRate,
} from '../../../queries/release-queries.ts';
import { eventLoopDelay, replicas } from '../../../queries/runtime-queries.ts';
import { maxBy } from '../../../query/aggregation.ts';
import { sumBy } from '../../../query/promql.ts';
import type { QueryScope } from '../../../query/query-scope.ts';
import { runtimeThresholds } from '../../../thresholds/runtime-thresholds.ts';
import { serviceThresholds } from '../../../thresholds/service-thresholds.ts';
import { badAbove, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { table } from '../../panels/table.ts';
import { ofServices, SERVICES } from '../recorded-scope.ts';

const BY = ['deployment_environment_name', 'job', 'service_version'];

export const ofEnvironments = (panel: QueryScope) => {
  const scope = ofServices(panel);
  return table({
    title: 'Services by environment',
    description: {
      shows:
        'A row for each environment, service and version: traffic, failures, time to answer, replicas.',
      matters:
        'The same version that is well in one environment and not in the other is a setting, not a fault of the code.',
      act: 'Compare the rows of one service. Different versions first; then what is configured.',
    },
    rows: [
      { label: 'deployment_environment_name', name: 'Environment' },
      { label: 'job', name: 'Service' },
      { label: 'service_version', name: 'Version' },
    ],
    columns: [
      {
        name: 'Requests/s',
        expr: sumBy(BY, versionRate(SERVICES)),
        unit: unit.requestsPerSecond,
        thresholds: neutral,
      },
      {
        name: '5xx',
        expr: maxBy(BY, versionErrorRatio(SERVICES)),
        unit: unit.ratio,
        thresholds: badAbove(serviceThresholds.errorRatio),
      },
      {
        name: 'p95',
        expr: maxBy(BY, versionLatency(SERVICES)),
        unit: unit.seconds,
        thresholds: neutral,
      },
      { name: 'Replicas', expr: replicas(scope, BY), unit: unit.count, thresholds: neutral },
      {
        name: 'Loop delay',
        expr: eventLoopDelay('p99', scope, BY),
        unit: unit.seconds,
        thresholds: badAbove(runtimeThresholds.eventLoopDelayP99),
      },
    ],
  });
};
