import {
  versionErrorRatio,
  versionLatency,
  versionRate,
} from '../../../queries/release-queries.ts';
import { oldest, replicas, residentMemory } from '../../../queries/runtime-queries.ts';
import { maxBy } from '../../../query/aggregation.ts';
import { sumBy } from '../../../query/promql.ts';
import type { QueryScope } from '../../../query/query-scope.ts';
import { releaseThresholds } from '../../../thresholds/release-thresholds.ts';
import { badAbove, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { table } from '../../panels/table.ts';
import { ofServices, SERVICES } from '../recorded-scope.ts';

const BY = ['deployment_environment_name', 'job', 'service_version'];

export const versions = (panel: QueryScope) => {
  const scope = ofServices(panel);
  return table({
    title: 'Versions',
    description: {
      shows:
        'A row for each version of each service in each environment: since when, how busy, how well.',
      matters: 'It says what is deployed where, without asking anybody.',
      act: 'Two rows of one service in one environment: a rollout under way, or one that was forgotten.',
    },
    rows: [
      { label: 'job', name: 'Service' },
      { label: 'deployment_environment_name', name: 'Environment' },
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
        thresholds: badAbove(releaseThresholds.errorRatio),
      },
      {
        name: 'p95',
        expr: maxBy(BY, versionLatency(SERVICES)),
        unit: unit.seconds,
        thresholds: badAbove(releaseThresholds.latencyP95),
      },
      { name: 'Replicas', expr: replicas(scope, BY), unit: unit.count, thresholds: neutral },
      { name: 'Oldest', expr: oldest(scope, BY), unit: unit.duration, thresholds: neutral },
      {
        name: 'Memory',
        expr: residentMemory(scope, BY),
        unit: unit.bytes,
        thresholds: neutral,
      },
    ],
  });
};
