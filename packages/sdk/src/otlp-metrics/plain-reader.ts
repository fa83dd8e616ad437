import { diag } from '@opentelemetry/api';
import {
  MetricsExporterMetricsHelper,
  ProtobufMetricsSerializer,
} from '@opentelemetry/otlp-transformer';
import { MetricReader } from '@opentelemetry/sdk-metrics';
import { writableMetrics } from '../export/writable-items.ts';
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

  /** Undefined when there is nothing. What a callback that takes longer than `waitMs` observes is left out. */
  async resourceMetrics(waitMs: number): Promise<PlainMetrics | undefined> {
    const { resourceMetrics, errors } = await this.collect({ timeoutMillis: waitMs });
    if (errors.length > 0) diag.error('instruments could not be observed', ...errors);
    if (resourceMetrics.scopeMetrics.length === 0) return undefined;
    const { resource } = resourceMetrics;
    if (resource.asyncAttributesPending) await resource.waitForAsyncAttributes?.();
    let written = resourceMetrics;
    let request: Uint8Array | undefined;
    try {
      request = ProtobufMetricsSerializer.serializeRequest(written);
    } catch (error) {
      // As with an instrument whose name is no text: one of them must not cost the others.
      written = writableMetrics(ProtobufMetricsSerializer)(resourceMetrics);
      request = ProtobufMetricsSerializer.serializeRequest(written);
      diag.error('instruments that can not be written are left out', error);
    }
    const points = MetricsExporterMetricsHelper.countItems(written);
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
