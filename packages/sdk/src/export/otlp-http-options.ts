import { CompressionAlgorithm } from '@opentelemetry/otlp-exporter-base';
import { convertLegacyHttpOptions } from '@opentelemetry/otlp-exporter-base/node-http';
import { isHeader } from '../config/is-header.ts';
import type { StandardSettings } from '../config/read-standard.ts';
import { distro } from '../resource/distro.ts';
import { OtlpTls } from './otlp-tls.ts';

export type Signal = 'TRACES' | 'METRICS' | 'LOGS';
export type Encoding = 'http/protobuf' | 'http/json';

/** All that the standard variables say about sending one signal. */
export interface OtlpHttpOptions {
  readonly url: string;
  readonly timeoutMs: number;
  readonly compression: 'gzip' | 'none';
  readonly headers: () => Promise<Record<string, string>>;
  readonly tls: OtlpTls;
}

const contentTypes = {
  'http/protobuf': 'application/x-protobuf',
  'http/json': 'application/json',
} as const;

/**
 * Read by upstream's own code, so that endpoint, headers, time-out and compression keep their meaning; what
 * we refused in the environment is kept from it. Certificates are read by {@link OtlpTls}, again and again.
 */
export function otlpHttpOptions(
  signal: Signal,
  encoding: Encoding,
  settings: StandardSettings,
): OtlpHttpOptions {
  const path = `v1/${signal.toLowerCase()}`;
  const options = convertLegacyHttpOptions(refused(signal, path, settings), signal, path, {
    'Content-Type': contentTypes[encoding],
  });
  return {
    url: options.url,
    timeoutMs: options.timeoutMillis,
    compression: options.compression === 'gzip' ? 'gzip' : 'none',
    headers: async () => ({ ...wellFormed(await options.headers()), 'User-Agent': userAgent }),
    tls: new OtlpTls(signal, settings),
  };
}

/** What stands for a variable that upstream would read from the environment although its value is malformed. */
function refused(signal: Signal, path: string, settings: StandardSettings) {
  const name = (key: string) =>
    [`OTEL_EXPORTER_OTLP_${signal}_${key}`, `OTEL_EXPORTER_OTLP_${key}`] as const;
  const isRefused = (key: string) =>
    name(key).some((variable) => process.env[variable]?.trim() && !settings.has(variable));
  const usable = (key: string) => settings.get(name(key)[0]) ?? settings.get(name(key)[1]);
  const base = settings.get('OTEL_EXPORTER_OTLP_ENDPOINT') ?? 'http://localhost:4318';
  const endpoint = settings.get(name('ENDPOINT')[0]) ?? `${base.replace(/\/$/, '')}/${path}`;
  return {
    ...(isRefused('ENDPOINT') && { url: endpoint }),
    ...(isRefused('TIMEOUT') && { timeoutMillis: Number(usable('TIMEOUT') ?? 10_000) }),
    compression:
      usable('COMPRESSION') === 'gzip' ? CompressionAlgorithm.GZIP : CompressionAlgorithm.NONE,
  };
}

function wellFormed(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter((header) => isHeader(...header)));
}

const userAgent = `${distro.name}/${distro.version}`;
