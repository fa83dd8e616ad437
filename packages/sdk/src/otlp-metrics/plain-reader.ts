import { diag } from '@opentelemetry/api';
import { ProtobufMetricsSerializer } from '@opentelemetry/otlp-transformer';
import { MetricReader } from '@opentelemetry/sdk-metrics';
import { MetricExport, type MetricExportOptions } from './metric-export.ts';

/**
 * The reader of sdk-metrics for the instruments of the plain API: collected and written by upstream's code, they go along with the meters'
 * own in one export. Its MeterProvider starts, flushes and ends that export.
 */
export class PlainReader extends MetricReader {
  readonly #export: MetricExport;

  constructor(options: Omit<MetricExportOptions, 'plain'>) {
    super();
    this.#export = new MetricExport({ ...options, plain: () => this.#resourceMetrics() });
  }

  async #resourceMetrics(): Promise<Uint8Array | undefined> {
    const { resourceMetrics, errors } = await this.collect();
    if (errors.length > 0) diag.error('instruments could not be observed', ...errors);
    if (resourceMetrics.scopeMetrics.length === 0) return undefined;
    const { resource } = resourceMetrics;
    if (resource.asyncAttributesPending) await resource.waitForAsyncAttributes?.();
    const request = ProtobufMetricsSerializer.serializeRequest(resourceMetrics);
    return request && onlyField(request);
  }

  protected override onInitialized(): void {
    this.#export.start();
  }

  protected override onForceFlush(): Promise<void> {
    return this.#export.forceFlush();
  }

  protected override onShutdown(): Promise<void> {
    return this.#export.shutdown();
  }
}

/** The value of a message that is one length-delimited field: behind the tag and the length. */
function onlyField(message: Uint8Array): Uint8Array {
  let at = 1;
  while ((message[at] as number) > 127) at++;
  return message.subarray(at + 1);
}
