import type { Logger, LoggerProvider } from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';
import type { StandardSettings } from '../config/read-standard.ts';
import type { SdkConfig } from '../config/sdk-config.ts';
import { loadNow } from '../load-now.ts';
import type { SelfMetrics } from '../self-metrics/self-metrics.ts';
import { exporterNames } from './exporter-names.ts';
import { otlpHttpOptions } from './otlp-http-options.ts';
import { otlpProtocol } from './otlp-protocol.ts';
import type { Outbox } from './outbox.ts';

/** Logs, as long as the SDK runs. */
export interface Logs extends LoggerProvider {
  forceFlush(): Promise<void>;
  shutdown(): Promise<void>;
}

/**
 * The provider that the standard variables ask for; `undefined` when logs are off. It is upstream's, loaded at start for gRPC, else with the
 * first record: most applications write none.
 */
export async function logsFor(
  config: SdkConfig,
  settings: StandardSettings,
  resource: Resource,
  outbox: Outbox,
  self: SelfMetrics | undefined,
): Promise<Logs | undefined> {
  const names = exporterNames(settings, 'LOGS');
  if (names.length === 0) return undefined;
  const protocol = otlpProtocol(settings, 'LOGS');
  // Read now: upstream's words about wrong values would come long after ours.
  const http = protocol === 'grpc' ? undefined : otlpHttpOptions('LOGS', protocol, settings);
  if (http === undefined) {
    const { upstreamLogs, grpcLogExporter } = await import('./upstream-logs.ts');
    return upstreamLogs(config, settings, resource, outbox, await grpcLogExporter(self), self);
  }
  let real: Logs | undefined;
  let ended = false;
  const begin = () => {
    if (ended && real === undefined) return undefined;
    real ??= loadNow(() => import('./upstream-logs.ts')).upstreamLogs(
      config,
      settings,
      resource,
      outbox,
      http,
      self,
    );
    return real;
  };
  return {
    getLogger: (...which) => {
      let known: Logger | undefined;
      const logger = () => {
        known ??= begin()?.getLogger(...which);
        return known;
      };
      return {
        emit: (record) => logger()?.emit(record),
        enabled: (options) => logger()?.enabled(options) ?? false,
      };
    },
    forceFlush: async () => real?.forceFlush(),
    shutdown: async () => {
      ended = true;
      await real?.shutdown();
    },
  };
}
