import { createRequire } from 'node:module';
import { isMainThread } from 'node:worker_threads';
import { type MeterProvider, metrics } from '@opentelemetry/api';
import type { RuntimeNodeInstrumentation } from '@opentelemetry/instrumentation-runtime-node';
import type { Undo } from '../instrumentations/environment.ts';
import { distro } from '../resource/distro.ts';
import { observeHeapLimit } from './heap-limit.ts';
import { observeProcess } from './process-metrics.ts';

/**
 * Event loop, garbage collection and heap of this thread, by upstream's instrumentation, and the limit of its heap; CPU, memory, uptime and open files of the
 * process, from the main thread only, because every thread would report the same.
 */
export function startRuntimeMetrics(isEnabled: (name: string) => boolean): Undo[] {
  if (!isEnabled('runtime-node')) return [];
  const provider: MeterProvider = metrics.getMeterProvider();
  const undos: Undo[] = [];
  const { RuntimeNodeInstrumentation: Upstream } = createRequire(import.meta.url)(
    '@opentelemetry/instrumentation-runtime-node',
  ) as { RuntimeNodeInstrumentation: new () => RuntimeNodeInstrumentation };
  const upstream = new Upstream();
  upstream.setMeterProvider(provider);
  undos.push(() => upstream.disable());
  const meter = provider.getMeter(distro.name, distro.version);
  undos.push(observeHeapLimit(meter));
  if (isMainThread) undos.push(observeProcess(meter));
  return undos;
}
