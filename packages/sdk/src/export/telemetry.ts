import {
  context,
  diag,
  logs,
  metrics,
  propagation,
  type TextMapPropagator,
  trace,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import type { Resource } from '@opentelemetry/resources';
import type { StandardSettings } from '../config/read-standard.ts';
import type { SdkConfig } from '../config/sdk-config.ts';
import { selfMetrics } from '../self-metrics/self-metrics.ts';
import type { BearerToken } from './bearer-token.ts';
import { logsFor } from './logs.ts';
import { metricsFor } from './metrics.ts';
import { usesGrpc } from './otlp-protocol.ts';
import { Outbox } from './outbox.ts';
import type { Telemetry } from './telemetry-handle.ts';
import { tracesFor } from './traces.ts';

/** Builds the providers from the component packages and makes them OpenTelemetry's globals. */
export async function startTelemetry(
  config: SdkConfig,
  settings: StandardSettings,
  resource: Resource,
  propagator: TextMapPropagator,
): Promise<Telemetry> {
  const outbox = new Outbox(await tokenOf(config));
  const providers: { forceFlush(): Promise<void>; shutdown(): Promise<void> }[] = [];
  const measuring = config.selfMetrics ? selfMetrics() : undefined;
  const { provider, urls, beforeCollect, release } = await metricsFor(
    config,
    settings,
    resource,
    outbox,
    measuring,
  );
  const self = provider === undefined ? undefined : measuring;
  if (self !== undefined) beforeCollect(async () => self.observe());
  if (provider !== undefined) {
    metrics.setGlobalMeterProvider(provider);
    providers.push(provider);
  }
  const tracing = await tracesFor(settings, resource, outbox, self);
  if (tracing !== undefined) {
    trace.setGlobalTracerProvider(tracing);
    providers.push(tracing);
  }
  const logging = await logsFor(config, settings, resource, outbox, self);
  if (logging !== undefined) {
    logs.setGlobalLoggerProvider(logging);
    providers.push(logging);
  }
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(propagator);

  const all = (step: 'forceFlush' | 'shutdown', last: boolean) =>
    outbox.drain(async () => {
      const results = await Promise.allSettled(providers.map((provider) => provider[step]()));
      for (const result of results) {
        if (result.status === 'rejected') diag.error(`${step} failed`, result.reason);
      }
    }, last);
  return {
    forceFlush: (options) => all('forceFlush', options?.last ?? false),
    beforeCollect,
    metricsUrls: urls,
    lastRequests: () => outbox.lastRequests(),
    mayHoldProcess: usesGrpc(settings),
    shutdown: async () => {
      for (const api of [metrics, trace, logs, propagation, context]) api.disable();
      await all('shutdown', true);
      self?.stop();
      release();
    },
  };
}

async function tokenOf({ otlpTokenFile }: SdkConfig): Promise<BearerToken | undefined> {
  if (otlpTokenFile === undefined) return undefined;
  const { BearerToken } = await import('./bearer-token.ts');
  return new BearerToken(otlpTokenFile);
}
