import { uids } from '../../dashboards/uids.ts';
import { errorRatio, requestRate } from '../../queries/http-queries.ts';
import {
  against,
  newErrorRatio,
  olderErrorRatio,
  versionErrorRate,
} from '../../queries/release-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { VERSION } from '../../query/service-labels.ts';
import { releaseThresholds } from '../../thresholds/release-thresholds.ts';
import { serviceThresholds } from '../../thresholds/service-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { blocks, percent, promql, steps } from '../prose.ts';
import { answers } from '../test-histograms.ts';
import { shop } from '../test-series.ts';
import { version } from '../test-versions.ts';

const { errorRatio: limit, errorFactor } = releaseThresholds;
const { minimumFailureRate } = serviceThresholds;

/** ServiceErrorRatioHigh tells that a service fails; this one, that it is the deployment. */
export const newVersionFails: AlertSource = (spec) => {
  const look = ruleScope('5m', spec.histograms);
  const newer = newErrorRatio([], spec.time);
  return {
    name: 'NewVersionFails',
    severity: 'warning',
    team: 'service',
    expr: `${newer} > ${limit.warning} and ${against(newer, olderErrorRatio([], spec.time))} > ${errorFactor.warning} and ${versionErrorRate(spec.time)} > ${minimumFailureRate}`,
    for: spec.time('2m'),
    summary:
      '{{ $labels.service_name }} {{ $labels.service_version }} fails {{ $value | humanizePercentage }} of its requests, far more than the version before',
    description:
      'A version that came within the last hour fails more than what ran before it, and more than what still runs beside it. It is the deployment, not the surroundings.',
    dashboard: { uid: uids.releases, variables: { 'var-job': 'job' } },
    runbook: {
      symptom: `Over ten minutes, a version that did not run an hour ago failed more than ${percent(limit.warning)} of its requests, and more than ${errorFactor.warning} times the share of the hour before, or of older versions that run beside it now, whichever is higher. Fewer than ten failures in ten minutes are not judged.`,
      meaning: 'Every request that reaches the new version is a risk that the old one was not.',
      look: blocks(
        'Which routes of the new version fail, and do the others?',
        promql(
          errorRatio(look, ['service_version']),
          errorRatio(look, ['service_version', 'http_route']),
          requestRate(look, VERSION),
        ),
        'Then one failed request of it, by its trace or log: `service_version` is on both.',
      ),
      mend: steps(
        'Roll back. Look for the cause with the old version in place.',
        'It is a step of a rollout: stop the rollout, so that no more replicas are replaced.',
        'It fails only because it waits for something that comes with it, as a migration or a setting: bring that, and look again after ten minutes.',
        'It is meant so, as a route that now answers 501: say so in a silence for this version.',
      ),
    },
    tests: [
      {
        evaluated: '5m',
        name: 'the new version takes over and fails one of ten requests',
        series: {
          ...answers({ 200: '0+60x125 7500x40' }, version('1.4.0')),
          ...answers({ 200: '_x125 0+54x40', 500: '_x125 0+6x40' }, version('1.5.0')),
        },
        at: '2h25m',
        fires: [{ ...shop, service_version: '1.5.0' }],
      },
      {
        evaluated: '5m',
        name: 'one new replica beside an old one that works',
        series: {
          ...answers({ 200: '0+60x165' }, version('1.4.0')),
          ...answers({ 200: '_x125 0+20x40', 500: '_x125 0+3x40' }, version('1.5.0')),
        },
        at: '2h25m',
        fires: [{ ...shop, service_version: '1.5.0' }],
      },
      {
        evaluated: '5m',
        name: 'the database is down: old and new fail alike',
        series: {
          ...answers({ 200: '0+60x125 7500+30x40', 500: '0x125 0+30x40' }, version('1.4.0')),
          ...answers({ 200: '_x125 0+30x40', 500: '_x125 0+30x40' }, version('1.5.0')),
        },
        at: '2h25m',
        fires: [],
      },
      {
        evaluated: '5m',
        name: 'a version that fails as much as the one before always did',
        series: {
          ...answers({ 200: '0+54x125 6750x40', 500: '0+6x125 750x40' }, version('1.4.0')),
          ...answers({ 200: '_x125 0+54x40', 500: '_x125 0+6x40' }, version('1.5.0')),
        },
        at: '2h25m',
        fires: [],
      },
      {
        evaluated: '5m',
        name: 'a new version that fails three requests',
        series: {
          ...answers({ 200: '0+60x125 7500x40' }, version('1.4.0')),
          ...answers({ 200: '_x125 0+10x40', 500: '_x125 0 1 2 3x37' }, version('1.5.0')),
        },
        at: '2h20m',
        fires: [],
      },
      {
        evaluated: '5m',
        name: 'the first version of a service: there is nothing to compare it with',
        series: answers({ 200: '0+54x60', 500: '0+6x60' }, version('1.0.0')),
        at: '30m',
        fires: [],
      },
    ],
  };
};
