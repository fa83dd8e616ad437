import type { HistogramBuckets } from '@bellwether/meters/runtime';
import { diag } from '@opentelemetry/api';
import { ProtobufMetricsSerializer } from '@opentelemetry/otlp-transformer';
import type { Resource } from '@opentelemetry/resources';
import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';
import { tenantViews } from '../views/tenant-view.ts';

/** Upstream's provider of meters, for the instruments of the plain API. */
export class PlainMetrics extends MetricReader {
  readonly provider: MeterProvider;

  constructor(resource: Resource, buckets: HistogramBuckets) {
    super();
    this.provider = new MeterProvider({ resource, views: tenantViews(buckets), readers: [this] });
  }

  /** The fields of a `ResourceMetrics`, collected and written by upstream's code; undefined when there is nothing. */
  async resourceMetrics(): Promise<Uint8Array | undefined> {
    const { resourceMetrics, errors } = await this.collect();
    if (errors.length > 0) diag.error('instruments could not be observed', ...errors);
    if (resourceMetrics.scopeMetrics.length === 0) return undefined;
    const { resource } = resourceMetrics;
    if (resource.asyncAttributesPending) await resource.waitForAsyncAttributes?.();
    const request = ProtobufMetricsSerializer.serializeRequest(resourceMetrics);
    return request && onlyField(request);
  }

  protected override async onForceFlush(): Promise<void> {}

  protected override async onShutdown(): Promise<void> {}
}

/** The value of a message that is one length-delimited field: behind the tag and the length. */
function onlyField(message: Uint8Array): Uint8Array {
  let at = 1;
  while ((message[at] as number) > 127) at++;
  return message.subarray(at + 1);
}
