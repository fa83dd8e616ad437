import { callErrorRatio } from '../../queries/http-client-queries.ts';
import {
  eventLoopDelay,
  eventLoopUtilization,
  gcShare,
  heapShare,
  processCpu,
  replicas,
  residentMemory,
  uptime,
} from '../../queries/runtime-queries.ts';
import { INSTANCE } from '../../query/service-labels.ts';
import { httpRecords } from '../../rules/http-rules.ts';
import { runtimeThresholds } from '../../thresholds/runtime-thresholds.ts';
import { serviceThresholds } from '../../thresholds/service-thresholds.ts';
import { serviceMatchers } from '../admin-scope.ts';
import { everybody, type Question } from '../question.ts';

type Recorded = keyof ReturnType<typeof httpRecords>;

/** Recorded for services, and for each tenant of a service: a month of it is read from one series each. */
const recorded =
  (which: Recorded): Question['promql'] =>
  (scope, whom) =>
    `${httpRecords(whom === 'all' ? 'job' : 'job_tenant')[which]}{${serviceMatchers(scope).join(',')}}`;

const SERVICE_LEGEND = '{{service_name}} {{deployment_environment_name}}';
const PROCESS = '{{service_name}} {{instance}}';
const processes = { group: 'Processes', whom: everybody, legend: PROCESS } as const;

export const serviceQuestions: readonly Question[] = [
  {
    name: 'service-rate',
    title: 'Requests',
    description: 'Requests a second that each service answered, over five minutes.',
    unit: '{request}/s',
    kind: 'timeseries',
    legend: SERVICE_LEGEND,
    group: 'Services',
    promql: recorded('rate'),
  },
  {
    name: 'service-error-ratio',
    title: 'Errors',
    description: 'Share of requests that were answered with 5xx, over five minutes.',
    unit: '1',
    kind: 'timeseries',
    legend: SERVICE_LEGEND,
    group: 'Services',
    levels: serviceThresholds.errorRatio,
    promql: recorded('errorRatio'),
  },
  {
    name: 'service-latency-p99',
    title: 'Time to answer, p99',
    description: 'The time within which 99 % of requests were answered, over five minutes.',
    unit: 's',
    kind: 'timeseries',
    legend: SERVICE_LEGEND,
    group: 'Services',
    levels: serviceThresholds.latencyP99,
    promql: recorded('p99'),
  },
  {
    name: 'service-call-error-ratio',
    title: 'Failed calls to others',
    description: 'Share of calls to other services that got 4xx, 5xx or no answer.',
    unit: '1',
    kind: 'timeseries',
    legend: '{{service_name}}',
    group: 'Services',
    promql: (scope) => callErrorRatio(scope, ['service_name']),
  },
  {
    name: 'service-processes',
    title: 'Processes',
    description: 'Processes of each service that report.',
    unit: '{process}',
    kind: 'table',
    legend: '{{service_name}}',
    group: 'Processes',
    whom: everybody,
    promql: (scope) => replicas(scope, ['service_name', 'service_version']),
  },
  {
    name: 'process-uptime',
    title: 'Up since',
    description: 'Seconds since each process started.',
    unit: 's',
    kind: 'table',
    ...processes,
    promql: (scope) => uptime(scope, INSTANCE),
  },
  {
    name: 'process-event-loop-delay',
    title: 'Event loop delay, p99',
    description: 'How late the event loop comes. An idle loop shows about 10 ms.',
    unit: 's',
    kind: 'timeseries',
    levels: runtimeThresholds.eventLoopDelayP99,
    ...processes,
    promql: (scope) => eventLoopDelay('p99', scope, INSTANCE),
  },
  {
    name: 'process-event-loop-utilization',
    title: 'Event loop utilization',
    description: 'Share of time that the event loop is busy.',
    unit: '1',
    kind: 'timeseries',
    levels: runtimeThresholds.eventLoopUtilization,
    ...processes,
    promql: (scope) => eventLoopUtilization(scope, INSTANCE),
  },
  {
    name: 'process-cpu',
    title: 'Processor',
    description: 'Cores that each process uses: JavaScript can use one.',
    unit: '{cpu}',
    kind: 'timeseries',
    levels: runtimeThresholds.cpu,
    ...processes,
    promql: (scope) => processCpu(scope, INSTANCE),
  },
  {
    name: 'process-memory',
    title: 'Memory',
    description: 'Resident bytes of each process.',
    unit: 'By',
    kind: 'timeseries',
    ...processes,
    promql: (scope) => residentMemory(scope, INSTANCE),
  },
  {
    name: 'process-heap-share',
    title: 'Heap in use',
    description: 'Share of the heap at whose limit Node.js gives up.',
    unit: '1',
    kind: 'timeseries',
    levels: runtimeThresholds.heapShare,
    ...processes,
    promql: (scope) => heapShare(scope, INSTANCE),
  },
  {
    name: 'process-gc-share',
    title: 'Garbage collection',
    description: 'Share of time that goes into garbage collection.',
    unit: '1',
    kind: 'timeseries',
    levels: runtimeThresholds.gcShare,
    ...processes,
    promql: (scope) => gcShare(scope, INSTANCE),
  },
];
