import type { Agent } from 'node:http';
import { convertLegacyHttpOptions } from '@opentelemetry/otlp-exporter-base/node-http';
import { distro } from '../resource/distro.ts';

export type Signal = 'TRACES' | 'METRICS' | 'LOGS';
export type Encoding = 'http/protobuf' | 'http/json';

/** All that the standard variables say about sending one signal. */
export interface OtlpHttpOptions {
  readonly url: string;
  readonly timeoutMs: number;
  readonly compression: 'gzip' | 'none';
  readonly headers: () => Promise<Record<string, string>>;
  readonly agentFactory: (protocol: string) => Agent | Promise<Agent>;
}

const contentTypes = {
  'http/protobuf': 'application/x-protobuf',
  'http/json': 'application/json',
} as const;

/** Read by upstream's own code, so that endpoint, headers, time-out, compression and certificates keep their meaning. */
export function otlpHttpOptions(signal: Signal, encoding: Encoding): OtlpHttpOptions {
  const options = convertLegacyHttpOptions({}, signal, `v1/${signal.toLowerCase()}`, {
    'Content-Type': contentTypes[encoding],
  });
  return {
    url: options.url,
    timeoutMs: options.timeoutMillis,
    compression: options.compression === 'gzip' ? 'gzip' : 'none',
    headers: async () => ({ ...(await options.headers()), 'User-Agent': userAgent }),
    agentFactory: options.agentFactory,
  };
}

const userAgent = `${distro.name}/${distro.version}`;
