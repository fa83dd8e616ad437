import { errorRatio, latency, requestRate } from '../../../queries/http-queries.ts';
import {
  eventLoopDelay,
  processCpu,
  replicas,
  residentMemory,
  uptime,
} from '../../../queries/runtime-queries.ts';
import type { QueryScope } from '../../../query/query-scope.ts';
import { runtimeThresholds } from '../../../thresholds/runtime-thresholds.ts';
import { serviceThresholds } from '../../../thresholds/service-thresholds.ts';
import { cellValue, dataLink } from '../../frame/links.ts';
import { badAbove, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { table } from '../../panels/table.ts';
import { uids } from '../../uids.ts';

export const SERVICE = ['job', 'service_version'];

export const services = (scope: QueryScope) =>
  table({
    title: 'All services',
    description: {
      shows:
        'A row for each service and version: traffic, failures, time to answer, processes and what they use.',
      matters:
        'It is the quickest way to the one that is out of line, and shows two versions next to each other.',
      act: 'Click the service with a red number; when a new version is the worse one, roll it back first.',
    },
    rows: [
      {
        label: 'job',
        name: 'Service',
        links: [
          dataLink('This application', uids.application, {
            set: { job: cellValue },
            keep: ['datasource', 'environment', 'tenant'],
          }),
        ],
      },
      { label: 'service_version', name: 'Version' },
    ],
    columns: [
      {
        name: 'Requests/s',
        expr: requestRate(scope, SERVICE),
        unit: unit.requestsPerSecond,
        thresholds: neutral,
      },
      {
        name: '5xx',
        expr: errorRatio(scope, SERVICE),
        unit: unit.ratio,
        thresholds: badAbove(serviceThresholds.errorRatio),
      },
      {
        name: 'p95',
        expr: latency(0.95, scope, SERVICE),
        unit: unit.seconds,
        thresholds: neutral,
      },
      {
        name: 'p99',
        expr: latency(0.99, scope, SERVICE),
        unit: unit.seconds,
        thresholds: badAbove(serviceThresholds.latencyP99),
      },
      { name: 'Instances', expr: replicas(scope, SERVICE), unit: unit.count, thresholds: neutral },
      {
        name: 'Youngest',
        expr: uptime(scope, SERVICE),
        unit: unit.duration,
        thresholds: neutral,
      },
      {
        name: 'Loop delay',
        expr: eventLoopDelay('p99', scope, SERVICE),
        unit: unit.seconds,
        thresholds: badAbove(runtimeThresholds.eventLoopDelayP99),
      },
      { name: 'Cores', expr: processCpu(scope, SERVICE), unit: unit.count, thresholds: neutral },
      {
        name: 'Memory',
        expr: residentMemory(scope, SERVICE),
        unit: unit.bytes,
        thresholds: neutral,
      },
    ],
  });
