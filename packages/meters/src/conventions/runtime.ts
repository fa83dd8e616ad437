import { oneOf } from '../attributes/kinds.ts';
import { counter, gauge, upDownCounter } from '../catalog/definition.ts';

/**
 * What the SDK observes of the process and of V8 beside upstream's runtime instrumentation: no tenant, as nobody's request is
 * their cause.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/system/process-metrics/
 */
export const runtimeConventions = {
  cpuTime: counter('process.cpu.time', {
    unit: 's',
    description: 'CPU time of the process, by mode',
    attributes: { 'cpu.mode': oneOf('user', 'system') },
    tenant: false,
  }),
  memoryUsage: upDownCounter('process.memory.usage', {
    unit: 'By',
    description: 'Resident memory of the process',
    tenant: false,
  }),
  uptime: gauge('process.uptime', {
    unit: 's',
    description: 'Time since the process started',
    tenant: false,
  }),
  fileDescriptors: upDownCounter('process.unix.file_descriptor.count', {
    unit: '{file_descriptor}',
    description: 'Open file descriptors of the process',
    tenant: false,
  }),
  /** Ours: upstream's `v8js.memory.heap.limit` is what a heap space has now, not where V8 gives up. */
  heapSizeLimit: gauge('v8js.heap.size_limit', {
    unit: 'By',
    description: 'The heap size at which V8 gives up, as --max-old-space-size sets it',
    tenant: false,
  }),
} as const;
