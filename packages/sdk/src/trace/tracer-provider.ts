import type { TracerOptions, TracerProvider as TracerProviderApi } from '@opentelemetry/api';
import { StartedSpans } from './started-spans.ts';
import { Tracer, type TracerShared } from './tracer.ts';

/**
 * OpenTelemetry's API for traces on the default path: the same spans as `@opentelemetry/sdk-trace` sends, written as OTLP when they end.
 * What the SDK's API does not offer, custom samplers, span processors and id generators, it has not.
 */
export class TracerProvider implements TracerProviderApi {
  readonly #shared: TracerShared;
  readonly #tracers = new Map<string, Tracer>();
  readonly started = new StartedSpans();

  constructor(shared: Omit<TracerShared, 'started'>) {
    this.#shared = { ...shared, started: this.started };
  }

  getTracer(name: string, version?: string, options?: TracerOptions): Tracer {
    const schemaUrl = options?.schemaUrl;
    const key = `${name}@${version || ''}:${schemaUrl || ''}`;
    let tracer = this.#tracers.get(key);
    if (tracer === undefined) {
      tracer = new Tracer({ name, version, schemaUrl }, this.#shared);
      this.#tracers.set(key, tracer);
    }
    return tracer;
  }

  forceFlush(): Promise<void> {
    return this.#shared.batches.forceFlush();
  }

  shutdown(): Promise<void> {
    return this.#shared.batches.shutdown();
  }
}
