import { context, logs, metrics, propagation, trace } from '@opentelemetry/api';
import type { SdkConfig } from '../config/sdk-config.ts';
import type { BaggageHosts } from '../propagation/baggage-hosts.ts';
import { tenantPropagator } from '../propagation/tenant-propagator.ts';
import { runtimeScope } from '../runtime-metrics/runtime-meters.ts';
import { writeLine } from '../write-line.ts';
import { globalPropagator } from './global-propagator.ts';
import { leaveSourcesUnsent } from './metric-sources.ts';
import type { Telemetry } from './telemetry-handle.ts';
import { loggerProviderWithTenant, tracerProviderWithTenant } from './tenant-providers.ts';

const UNSENT =
  'bellwether: Expected registries of prom-client to be exported without OTEL_CONFIG_FILE, got one with it: the exporters of the file send nothing of theirs. Configure the SDK by OTEL_* variables, or let Prometheus scrape the registry. [ERR_PROM_CLIENT]';

/**
 * Lets upstream build everything that the declarative file of `OTEL_CONFIG_FILE` describes, then adds the tenant around
 * its providers. Meters record through the plain API here, with the tenant; the resource is the file's.
 *
 * A file that can't be used starts no exporters; upstream says why by `diag`.
 */
export async function startFromConfigFile(
  config: SdkConfig,
  hosts: BaggageHosts,
): Promise<Telemetry> {
  const { startNodeSDK } = await import('@opentelemetry/sdk-node');
  const { logRecordReader } = await import('../logs/log-record.ts');
  const sdk = startNodeSDK();
  const providers = [
    metrics.getMeterProvider(),
    trace.getTracerProvider(),
    logs.getLoggerProvider(),
  ];
  const tracerProvider = tracerProviderWithTenant(trace.getTracerProvider());
  trace.disable();
  trace.setGlobalTracerProvider(tracerProvider);
  const loggerProvider = loggerProviderWithTenant(
    logs.getLoggerProvider(),
    logRecordReader(config),
  );
  logs.disable();
  logs.setGlobalLoggerProvider(loggerProvider);
  const inner = globalPropagator();
  if (inner !== undefined) {
    propagation.disable();
    propagation.setGlobalPropagator(tenantPropagator(inner, hosts));
  }
  const stopSaying = leaveSourcesUnsent(() => writeLine(UNSENT));
  return {
    forceFlush: async () => {
      await Promise.allSettled(providers.map((provider) => flushOf(provider)));
    },
    beforeCollect: (observe) => {
      // Gives no points: the SDK asks it before it reads the instruments of the same scope, which `observe` records with.
      const asked = metrics.getMeter(runtimeScope).createObservableGauge('bellwether.collect');
      asked.addCallback(observe);
      return () => asked.removeCallback(observe);
    },
    metricsUrls: [],
    lastRequests: () => [],
    mayHoldProcess: true,
    shutdown: async () => {
      stopSaying();
      for (const api of [metrics, trace, logs, propagation, context]) api.disable();
      await sdk.shutdown();
    },
  };
}

/** Only the SDK's providers can flush. */
function flushOf(provider: object): Promise<void> | undefined {
  const actual = 'getDelegate' in provider ? (provider.getDelegate as () => object)() : provider;
  return (actual as { forceFlush?(): Promise<void> }).forceFlush?.();
}
