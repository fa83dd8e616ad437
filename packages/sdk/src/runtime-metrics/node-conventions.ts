import { counter, gauge, histogram, oneOf, upDownCounter, upTo } from '@bellwether/meters';

/** Heap spaces of V8 and kinds of resources of Node.js: both lists are short, and each release may add to them. */
const SPACES = 40;
const RESOURCES = 100;

const seconds = { unit: 's', tenant: false } as const;
const bytes = {
  unit: 'By',
  tenant: false,
  attributes: { 'v8js.heap.space.name': upTo(SPACES) },
} as const;

/**
 * What @opentelemetry/instrumentation-runtime-node measures, under the same names. A test holds the two equal.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/runtime/nodejs-metrics/
 */
export const nodeConventions = {
  utilization: gauge('nodejs.eventloop.utilization', {
    unit: '1',
    description: 'Event loop utilization',
    tenant: false,
  }),
  time: counter('nodejs.eventloop.time', {
    ...seconds,
    description: 'Cumulative duration of time the event loop has been in each state.',
    attributes: { 'nodejs.eventloop.state': oneOf('active', 'idle') },
  }),
  delayMin: gauge('nodejs.eventloop.delay.min', {
    ...seconds,
    description: 'Event loop minimum delay.',
  }),
  delayMax: gauge('nodejs.eventloop.delay.max', {
    ...seconds,
    description: 'Event loop maximum delay.',
  }),
  delayMean: gauge('nodejs.eventloop.delay.mean', {
    ...seconds,
    description: 'Event loop mean delay.',
  }),
  delayStddev: gauge('nodejs.eventloop.delay.stddev', {
    ...seconds,
    description: 'Event loop standard deviation delay.',
  }),
  delayP50: gauge('nodejs.eventloop.delay.p50', {
    ...seconds,
    description: 'Event loop 50 percentile delay.',
  }),
  delayP90: gauge('nodejs.eventloop.delay.p90', {
    ...seconds,
    description: 'Event loop 90 percentile delay.',
  }),
  delayP99: gauge('nodejs.eventloop.delay.p99', {
    ...seconds,
    description: 'Event loop 99 percentile delay.',
  }),
  gcDuration: histogram('v8js.gc.duration', {
    ...seconds,
    description: 'Garbage collection duration by kind, one of major, minor, incremental or weakcb.',
    attributes: { 'v8js.gc.type': oneOf('major', 'minor', 'incremental', 'weakcb') },
  }),
  spaceSize: upDownCounter('v8js.memory.heap.space.size', {
    ...bytes,
    description: 'Total heap memory size pre-allocated for a heap space.',
  }),
  heapUsed: gauge('v8js.memory.heap.used', {
    ...bytes,
    description: 'Heap Memory size allocated.',
  }),
  spaceAvailable: gauge('v8js.memory.heap.space.available_size', {
    ...bytes,
    description: 'Heap space available size.',
  }),
  spacePhysical: gauge('v8js.memory.heap.space.physical_size', {
    ...bytes,
    description: 'Committed size of a heap space.',
  }),
  activeResources: gauge('v8js.resource.active', {
    unit: '{resource}',
    tenant: false,
    description: 'Count of the active resources that are currently keeping the event loop alive.',
    attributes: { 'v8js.resource.type': upTo(RESOURCES) },
  }),
} as const;
