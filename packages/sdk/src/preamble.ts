import type { Attributes } from '@opentelemetry/api';
import type { StandardSettings } from './config/read-standard.ts';
import type { SdkConfig } from './config/sdk-config.ts';
import { standardTable } from './config/standard-table.ts';
import { type Row, table } from './config/table.ts';
import { distro } from './resource/distro.ts';

const resourceAttributes = [
  'service.name',
  'service.namespace',
  'service.version',
  'service.instance.id',
  'deployment.environment.name',
  'host.name',
  'process.pid',
];

/**
 * The one line at start, JSON: versions, who we say that we are, where `/metrics` is served, and the settings that differ from their defaults. What is not on
 * the list of the printable is `[redacted]`.
 */
export function preamble(
  config: SdkConfig,
  settings: StandardSettings,
  resource: Attributes,
  metricsUrls: readonly string[] = [],
): string {
  const effective: Record<string, unknown> = {};
  for (const row of table as readonly Row[]) {
    const value = config[row.key as keyof SdkConfig];
    if (String(value) === String(row.default)) continue;
    effective[row.name] = row.printable ? printed(value) : '[redacted]';
  }
  for (const row of standardTable) {
    const value = settings.get(row.name);
    if (value === undefined) continue;
    if (row.accepts.kind === 'url') effective[row.name] = withoutCredentials(value);
    else effective[row.name] = row.printable ? value : '[redacted]';
  }
  return JSON.stringify({
    level: 'info',
    msg: 'bellwether started',
    [distro.name]: distro.version,
    node: process.version,
    resource: Object.fromEntries(
      resourceAttributes
        .filter((key) => resource[key] !== undefined)
        .map((key) => [key, resource[key]]),
    ),
    ...(metricsUrls.length > 0 && { metrics: metricsUrls }),
    config: effective,
  });
}

/** A value with an @ is an address with a user name, perhaps with a password. */
function printed(value: unknown): unknown {
  const plain = value instanceof RegExp ? value.source : value;
  return String(plain).includes('@') && !(value instanceof RegExp) ? '[redacted]' : plain;
}

/** A user name, password or query of an address may be a secret. */
function withoutCredentials(address: string): string {
  const url = URL.parse(address);
  return url === null || url.host === ''
    ? '[redacted]'
    : `${url.protocol}//${url.host}${url.pathname}`;
}
