import { uids } from '../../dashboards/uids.ts';
import { up } from '../../metrics/scrape.ts';
import type { ResolvedSpec } from '../../monitoring-spec.ts';
import { COLLECTORS, targetUp } from '../../queries/target-queries.ts';
import { maxBy } from '../../query/aggregation.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { ENVIRONMENT } from '../../query/service-labels.ts';
import type { Alert, AlertSource } from '../alert.ts';
import { series } from '../test-series.ts';
import { aCollector } from './servers-in-tests.ts';

const first = series(up, aCollector);
const second = series(up, { ...aCollector, instance: 'collector-2:8888' });

const common = {
  name: 'CollectorDown',
  team: 'platform',
  dashboard: { uid: uids.pipeline },
  runbook: {
    symptom:
      'The metrics page of every Collector (critical) or of one of them (warning) is out of reach.',
    meaning:
      'Customers notice nothing. With no Collector left you are blind: an outage of the shop now would not be seen. What services measure meanwhile is lost, except for what the Collector had already put on its disk.',
    look: [
      'Does it run, and what did it say last?',
      '',
      '```sh',
      'npx bellwether stack status; npx bellwether stack logs collector   # native stack',
      'docker compose ps collector; docker compose logs --tail 50 collector',
      '```',
      '',
      '- `invalid database` or `file size too small`: a damaged queue file.',
      '- `no space left on device`: the disk of the queue is full.',
      '- Killed without a word: memory. Compare `otelcol_process_memory_rss` of before with its limit.',
      '- It runs and answers on its health port: only Prometheus cannot reach it; look at the network and the address of the scrape job.',
    ].join('\n'),
    mend: [
      '1. Start it again: `npx bellwether stack down` and `up`, or `docker compose up -d collector`. What is in its queue is delivered then, if the outage was below 30 minutes.',
      '2. A damaged queue: move the queue folder away (`BELLWETHER_COLLECTOR_QUEUE_DIR`), start it, keep the folder for a look later. What was queued is lost.',
      '3. Memory: raise `BELLWETHER_COLLECTOR_MEMORY_MIB` and the limit of the container together; `GOMEMLIMIT` at 80 % of it.',
      '4. A new configuration: go back to the one before. `otelcol validate --config` finds mistakes.',
    ].join('\n'),
  },
} as const satisfies Partial<Alert>;

const reached = ({ time, histograms }: ResolvedSpec) =>
  targetUp(COLLECTORS, ruleScope(time('5m'), histograms));

/** All of them is a page, one of several a ticket. */
export const collectorDown: AlertSource = (spec) => [
  {
    ...common,
    severity: 'critical',
    expr: `${maxBy([ENVIRONMENT, 'job'], reached(spec))} == 0`,
    for: spec.time('2m'),
    summary: 'No OpenTelemetry Collector answers: nothing is measured',
    description:
      'Prometheus reaches none of the Collectors. Services go on working, but all their metrics stop: dashboards freeze and no alert about a service can fire.',
    tests: [
      {
        name: 'the only one is gone',
        series: { [first]: '1x10 0x10' },
        at: '15m',
        fires: [{ deployment_environment_name: 'production', job: 'otel-collector' }],
      },
      {
        name: 'a restart of one minute',
        series: { [first]: '1x10 0 1x10' },
        at: '11m',
        fires: [],
      },
      {
        name: 'one of two is gone: the other one serves',
        series: { [first]: '1x10 0x20', [second]: '1x30' },
        at: '25m',
        fires: [],
      },
    ],
  },
  {
    ...common,
    severity: 'warning',
    expr: `${reached(spec)} == 0`,
    for: spec.time('10m'),
    summary: 'Collector {{ $labels.instance }} does not answer',
    description:
      'Prometheus does not reach one of the Collectors. The others carry its load; what was in its queue waits on its disk.',
    tests: [
      {
        name: 'one of two is gone',
        series: { [first]: '1x10 0x20', [second]: '1x30' },
        at: '25m',
        fires: [aCollector],
      },
      {
        name: 'both answer',
        series: { [first]: '1x30', [second]: '1x30' },
        at: '25m',
        fires: [],
      },
    ],
  },
];
