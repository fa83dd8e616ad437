import { uids } from '../../dashboards/uids.ts';
import { latency, requestRate } from '../../queries/http-queries.ts';
import { against, newLatency, olderLatency, versionRate } from '../../queries/release-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { VERSION } from '../../query/service-labels.ts';
import { releaseThresholds } from '../../thresholds/release-thresholds.ts';
import { serviceThresholds } from '../../thresholds/service-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { blocks, promql, steps } from '../prose.ts';
import { answersWithin } from '../test-histograms.ts';
import { shop } from '../test-series.ts';
import { version } from '../test-versions.ts';

const { latencyP95, latencyFactor } = releaseThresholds;
const { minimumRate } = serviceThresholds;

export const newVersionSlow: AlertSource = (spec) => {
  const look = ruleScope('5m', spec.histograms);
  const newer = newLatency([], spec.time);
  return {
    name: 'NewVersionSlow',
    severity: 'warning',
    team: 'service',
    expr: `${newer} > ${latencyP95.warning} and ${against(newer, olderLatency([], spec.time))} > ${latencyFactor.warning} and ${versionRate([])} > ${minimumRate}`,
    for: spec.time('10m'),
    summary:
      '{{ $labels.service_name }} {{ $labels.service_version }} takes {{ $value | humanizeDuration }} for 95 % of requests, far longer than the version before',
    description:
      'A version that came within the last hour answers more slowly than what ran before it, and than what still runs beside it. It is the deployment, not the surroundings.',
    dashboard: { uid: uids.releases, variables: { 'var-job': 'job' } },
    runbook: {
      symptom: `For ten minutes the 95th percentile of a version that did not run an hour ago was above ${latencyP95.warning} s, and above ${latencyFactor.warning} times that of the hour before, or of older versions that run beside it now, whichever is slower. Minutes in which a fresh process warms up do not last that long.`,
      meaning: 'People wait longer than yesterday, for the same. Some of them leave.',
      look: blocks(
        'Every route, or one? One alone is a query or a call that is new:',
        promql(
          latency(0.95, look, ['service_version']),
          `topk(10, ${latency(0.95, look, ['service_version', 'http_route'])})`,
          requestRate(look, VERSION),
        ),
        'Every route: compare the event loop and garbage collection of both versions on *Node runtime*, `service_version` is on those series too.',
      ),
      mend: steps(
        'Roll back, if people feel it. Look for the cause with the old version in place.',
        'A query that lost its index, or is made once for each row: see *Database*, costliest operations.',
        'More work in the process itself: a synchronous call, a larger payload, a debug switch that was left on.',
        'It is meant so: say so in a silence for this version; after an hour it is the new normal.',
      ),
    },
    tests: [
      {
        evaluated: '5m',
        name: 'p95 of 0.25 s becomes one of half a second and more',
        series: {
          ...answersWithin(
            {
              '0.25': '0+60x125 7500x60',
              '0.5': '0+60x125 7500x60',
              '1': '0+60x125 7500x60',
              '+Inf': '0+60x125 7500x60',
            },
            version('1.4.0'),
          ),
          ...answersWithin(
            {
              '0.25': '_x125 0+10x60',
              '0.5': '_x125 0+20x60',
              '1': '_x125 0+60x60',
              '+Inf': '_x125 0+60x60',
            },
            version('1.5.0'),
          ),
        },
        at: '2h40m',
        fires: [{ ...shop, service_version: '1.5.0' }],
      },
      {
        evaluated: '5m',
        name: 'old and new are slow alike: it is the database',
        series: {
          ...answersWithin(
            {
              '0.25': '0+60x125 7500+10x60',
              '0.5': '0+60x125 7500+20x60',
              '1': '0+60x185',
              '+Inf': '0+60x185',
            },
            version('1.4.0'),
          ),
          ...answersWithin(
            {
              '0.25': '_x125 0+10x60',
              '0.5': '_x125 0+20x60',
              '1': '_x125 0+60x60',
              '+Inf': '_x125 0+60x60',
            },
            version('1.5.0'),
          ),
        },
        at: '2h40m',
        fires: [],
      },
      {
        evaluated: '5m',
        name: 'twice as slow, and still faster than anybody notices',
        series: {
          ...answersWithin(
            { '0.025': '0+60x125 7500x60', '0.05': '0+60x125 7500x60', '+Inf': '0+60x125 7500x60' },
            version('1.4.0'),
          ),
          ...answersWithin(
            { '0.025': '_x125 0+10x60', '0.05': '_x125 0+60x60', '+Inf': '_x125 0+60x60' },
            version('1.5.0'),
          ),
        },
        at: '2h40m',
        fires: [],
      },
    ],
  };
};
