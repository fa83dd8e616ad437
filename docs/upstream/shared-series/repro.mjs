// Two replicas with the resource that the stock SDK makes, to Prometheus. See README.md
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import {
  defaultResource,
  detectResources,
  envDetector,
  hostDetector,
  processDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { promQuery, startStack } from '../../../packages/cli/dist/index.js';

const stack = await startStack({
  dataDir: mkdtempSync(join(tmpdir(), 'upstream-shared-series-')),
  services: ['prometheus'],
});
const { prometheus } = stack.addresses;
try {
  const began = performance.now();
  const replicas = [await replica(50_000), await replica(40)];
  for (let round = 0; round < 4; round += 1) {
    for (const { requests, provider } of replicas) {
      requests.add(10);
      await provider.forceFlush();
      await wait(250);
    }
  }
  const counted = 2 * 4 * 10;
  const seconds = (performance.now() - began) / 1_000;
  const [increase] = await promQuery(prometheus, 'sum(increase(requests_total[1m]))');
  const series = (await promQuery(prometheus, 'requests_total')).length;
  console.log(
    `${counted} requests in ${seconds.toFixed(0)} s, in ${series} series, which say ${increase?.value.toFixed(0)}`,
  );
  process.exitCode = series === 1 && increase.value > 100 * counted ? 0 : 1;
  for (const { provider } of replicas) await provider.shutdown();
} finally {
  await stack.stop({ volumes: true });
}

/** What `NodeSDK` detects by default; `before` is what this replica has counted already. */
async function replica(before) {
  const detected = detectResources({ detectors: [envDetector, processDetector, hostDetector] });
  await detected.waitForAsyncAttributes?.();
  const resource = defaultResource()
    .merge(detected)
    .merge(resourceFromAttributes({ 'service.name': 'shop' }));
  const exporter = new OTLPMetricExporter({ url: `${prometheus}/api/v1/otlp/v1/metrics` });
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
  const provider = new MeterProvider({ resource, readers: [reader] });
  const requests = provider.getMeter('repro').createCounter('requests');
  requests.add(before);
  return { provider, requests };
}
