import { diag } from '@opentelemetry/api';
import {
  MetricsExporterMetricsHelper,
  ProtobufMetricsSerializer,
} from '@opentelemetry/otlp-transformer';
import { MetricReader } from '@opentelemetry/sdk-metrics';
import type { MetricExport } from './metric-export.ts';

/** What the instruments of the plain API measured. */
export interface PlainMetrics {
  /** The fields of a `ResourceMetrics`. */
  readonly fields: Uint8Array;
  readonly points: number;
}

/**
 * The reader of sdk-metrics for the instruments of the plain API: collected and written by upstream's code, they go along with the meters'
 * own in one export. With an export of its own, its MeterProvider starts, flushes and ends that.
 */
export class PlainReader extends MetricReader {
  readonly #export: MetricExport | undefined;

  constructor(exporting?: (reader: PlainReader) => MetricExport) {
    super();
    this.#export = exporting?.(this);
  }

  /** Undefined when there is nothing. */
  async resourceMetrics(): Promise<PlainMetrics | undefined> {
    const { resourceMetrics, errors } = await this.collect();
    if (errors.length > 0) diag.error('instruments could not be observed', ...errors);
    if (resourceMetrics.scopeMetrics.length === 0) return undefined;
    const { resource } = resourceMetrics;
    if (resource.asyncAttributesPending) await resource.waitForAsyncAttributes?.();
    const request = ProtobufMetricsSerializer.serializeRequest(resourceMetrics);
    const points = MetricsExporterMetricsHelper.countItems(resourceMetrics);
    return request && { fields: onlyField(request), points };
  }

  protected override onInitialized(): void {
    this.#export?.start();
  }

  protected override async onForceFlush(): Promise<void> {
    await this.#export?.forceFlush();
  }

  protected override async onShutdown(): Promise<void> {
    await this.#export?.shutdown();
  }
}

/** The value of a message that is one length-delimited field: behind the tag and the length. */
function onlyField(message: Uint8Array): Uint8Array {
  let at = 1;
  while ((message[at] as number) > 127) at++;
  return message.subarray(at + 1);
}
