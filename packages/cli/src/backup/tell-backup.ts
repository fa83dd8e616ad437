import type { Context } from '../context.ts';
import { boundedRequest } from '../doctor/net/bounded-request.ts';
import { otlpHeaders, otlpMetricsUrl, otlpTls, otlpVariable } from '../doctor/otlp-settings.ts';
import { ownVersion } from '../own-version.ts';

/** What is known of the backups of a place. What is not there is not told. */
export interface BackupState {
  readonly lastSuccess?: Date;
  readonly lastFailure?: Date;
  /** How often one is to be made. */
  readonly intervalMs?: number;
  /** Of the last one, in bytes as stored. */
  readonly size?: number;
  /** How long the last one took. */
  readonly seconds?: number;
}

/** Tells a state. Never throws: a Collector that is away is one line, and no fault of the backup. */
export type TellBackup = (state: BackupState) => Promise<void>;

const SERVICE = 'backup';
const SCOPE = 'bellwether-backup';
const TIMEOUT_MS = 10_000;

/**
 * To the Collector that the standard variables of OpenTelemetry name, over HTTP, as gauges `bellwether.backup.*` of the service `backup`
 * (OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES); to nobody where they name none. Its instance is its name, so that the next container goes on
 * with the same series: give every schedule of an environment a name of its own.
 */
export function tellBackup({ env, err }: Pick<Context, 'env' | 'err'>): TellBackup {
  const url = otlpMetricsUrl(env);
  if (url === undefined || env.OTEL_SDK_DISABLED?.trim().toLowerCase() === 'true')
    return async () => {};
  const request = boundedRequest(TIMEOUT_MS);
  return async (state) => {
    const said = (problem: string) => err(`the backup was not told to ${hostOf(url)}: ${problem}`);
    if (otlpVariable(env, 'PROTOCOL') === 'grpc') return said('it is told over HTTP, not by gRPC');
    const answer = await request({
      url,
      method: 'POST',
      headers: { ...otlpHeaders(env), 'content-type': 'application/json' },
      body: JSON.stringify(payload(resourceOf(env), state, Date.now())),
      tls: otlpTls(env),
      maxBytes: 65_536,
    });
    if (answer.problem !== undefined) return said(answer.problem);
    if (answer.status !== 200) said(`status ${answer.status}`);
  };
}

function payload(resource: Readonly<Record<string, string>>, state: BackupState, nowMs: number) {
  const gauge = (name: string, unit: string, description: string, value: number | undefined) =>
    value === undefined
      ? []
      : [
          {
            ...{ name: `bellwether.backup.${name}`, unit, description },
            gauge: { dataPoints: [{ timeUnixNano: `${nowMs}000000`, asDouble: value }] },
          },
        ];
  const seconds = (date: Date | undefined) => date && date.getTime() / 1000;
  const interval = state.intervalMs && state.intervalMs / 1000;
  return {
    resourceMetrics: [
      {
        resource: {
          attributes: Object.entries(resource).map(([key, stringValue]) => ({
            key,
            value: { stringValue },
          })),
        },
        scopeMetrics: [
          {
            scope: { name: SCOPE, version: ownVersion() },
            metrics: [
              ...gauge('last_success.time', 's', 'When one was made', seconds(state.lastSuccess)),
              ...gauge('last_failure.time', 's', 'When one failed', seconds(state.lastFailure)),
              ...gauge('interval', 's', 'How often one is to be made', interval),
              ...gauge('size', 'By', 'Size of the last one', state.size),
              ...gauge('duration', 's', 'How long the last one took', state.seconds),
            ],
          },
        ],
      },
    ],
  };
}

function resourceOf(env: Context['env']): Readonly<Record<string, string>> {
  const given: Record<string, string> = {};
  for (const pair of (env.OTEL_RESOURCE_ATTRIBUTES ?? '').split(',')) {
    const equals = pair.indexOf('=');
    if (equals < 1) continue;
    try {
      given[pair.slice(0, equals).trim()] = decodeURIComponent(pair.slice(equals + 1).trim());
    } catch {
      // Not percent-encoded: left out, as the SDK does.
    }
  }
  const name = env.OTEL_SERVICE_NAME?.trim() || given['service.name'] || SERVICE;
  return { 'service.instance.id': name, ...given, 'service.name': name };
}

/** Without the user and the password that an address may have. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'the address of OTEL_EXPORTER_OTLP_ENDPOINT';
}
