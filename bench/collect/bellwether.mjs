import { counter, defineMeters, histogram, oneOf } from '@bellwether/meters';
import { takeOver } from '@bellwether/meters/runtime';
import { startSdk } from '@bellwether/sdk';
// The built package keeps this to itself; Node.js leaves the types out.
import {
  MetricImages,
  MetricsRequests,
} from '../../packages/sdk/src/otlp-metrics/metrics-requests.ts';
import { boundaries, CHANNELS, forEachSeries, STATUSES } from './series.mjs';

export async function setUp({ kind, names, endpoint }) {
  Object.assign(process.env, {
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    OTEL_TRACES_EXPORTER: 'none',
    OTEL_LOGS_EXPORTER: 'none',
    OTEL_METRIC_EXPORT_INTERVAL: '3600000',
  });
  const sdk = await startSdk({ config: { tenantBudget: names.length, preamble: false } });
  const attributes = {
    status: oneOf(...STATUSES),
    currency: oneOf('EUR', 'USD'),
    channel: oneOf(...CHANNELS),
  };
  const { meter } = defineMeters('bench', {
    meter:
      kind === 'counter'
        ? counter('orders', { attributes })
        : kind === 'explicit'
          ? histogram('time', { attributes, boundaries })
          : histogram('size', { attributes, exponential: {} }),
  });
  const record =
    kind === 'counter'
      ? (tenant, status, channel, value) =>
          meter.forTenant(tenant).add(value, { status, currency: 'EUR', channel })
      : (tenant, status, channel, value) =>
          meter.forTenant(tenant).record(value, { status, currency: 'EUR', channel });
  let images;
  return {
    record: (names, round) => forEachSeries(names, round, record),
    export: () => sdk.forceFlush(),
    /** All bodies of one export; nothing is sent. */
    collect: () => {
      images ??= new MetricImages(takeOver());
      const requests = new MetricsRequests(images);
      while (requests.prepare());
      const resource = new Uint8Array(0);
      let bytes = 0;
      for (let body = requests.next(resource); body !== undefined; body = requests.next(resource))
        bytes += body.length;
      requests.end();
      return bytes;
    },
    end: () => sdk.shutdown(),
  };
}
