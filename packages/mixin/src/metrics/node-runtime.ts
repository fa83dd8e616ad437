import { gauge, histogram, oneOf, upDownCounter, upTo } from '@bellwether/meters';
import { runtimeConventions } from '@bellwether/meters/conventions';
import { metricsOf } from './metric.ts';

/**
 * What a process of Node tells about itself: one value for each replica, no tenant. What the SDK does not observe itself
 * comes from `@opentelemetry/instrumentation-runtime-node`.
 */
export const runtime = metricsOf({
  ...runtimeConventions,
  delayMean: delay('mean'),
  delayP50: delay('p50'),
  delayP90: delay('p90'),
  delayP99: delay('p99'),
  delayMax: delay('max'),
  utilization: gauge('nodejs.eventloop.utilization', {
    unit: '1',
    description: 'Share of time that the event loop was busy',
    tenant: false,
  }),
  heapUsed: gauge('v8js.memory.heap.used', {
    unit: 'By',
    description: 'Used memory of the V8 heap, by space',
    attributes: { 'v8js.heap.space.name': upTo(20) },
    tenant: false,
  }),
  gcDuration: histogram('v8js.gc.duration', {
    unit: 's',
    description: 'Duration of garbage collections, by type',
    attributes: { 'v8js.gc.type': oneOf('major', 'minor', 'incremental', 'weakcb') },
    tenant: false,
  }),
  activeResources: upDownCounter('v8js.resource.active', {
    unit: '{resource}',
    description: 'Handles and requests that keep the event loop alive, by type',
    attributes: { 'v8js.resource.type': upTo(50) },
    tenant: false,
  }),
});

function delay(statistic: 'mean' | 'p50' | 'p90' | 'p99' | 'max') {
  return gauge(`nodejs.eventloop.delay.${statistic}`, {
    unit: 's',
    description: `Event loop delay since the last export: ${statistic}. An idle loop shows about 10 ms`,
    tenant: false,
  });
}
