import { createHash } from 'node:crypto';
import { isTenantId } from '@bellwether/meters';
import { z } from 'zod';
import { HttpProblem } from '../http/http-problem.ts';

const instant = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .refine((date) => !Number.isNaN(date.getTime()), 'Expected a date that exists')
  // In UTC: JavaScript writes other years in a way that PostgreSQL does not read.
  .refine(
    (date) => date.getUTCFullYear() >= 1 && date.getUTCFullYear() <= 9_999,
    'Expected a year from 1 to 9999',
  );
const texts = z.record(z.string(), z.string());

const Payload = z.object({
  version: z.literal('4'),
  groupKey: z.string().min(1),
  truncatedAlerts: z.number().int().min(0).default(0),
  alerts: z.array(
    z.object({
      status: z.enum(['firing', 'resolved']),
      labels: texts,
      annotations: texts.default({}),
      startsAt: instant,
      endsAt: instant.optional(),
      fingerprint: z.string().regex(/^[0-9a-f]{1,64}$/i, 'Expected 1 to 64 hexadecimal digits'),
    }),
  ),
});

/** One alert as it is stored: texts that PostgreSQL can hold and an index can bear. */
export interface ReceivedAlert {
  readonly fingerprint: string;
  readonly startsAt: Date;
  readonly endsAt: Date | null;
  readonly status: 'firing' | 'resolved';
  readonly name: string;
  readonly severity: string;
  readonly team: string;
  readonly service: string;
  readonly tenantId: string | null;
  /** SHA-256: the key itself has no bound. */
  readonly groupKey: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface ReceivedWebhook {
  readonly alerts: readonly ReceivedAlert[];
  /** How many more Alertmanager left out because of its `max_alerts`. */
  readonly truncated: number;
}

/** More would only repeat what the first ones say. */
const mostIssues = 20;

/**
 * Checks the payload of a webhook of Alertmanager, all or nothing. 422 names the version or the first fields that are wrong:
 * an answer 4xx, because the same payload would be as wrong when it is sent again.
 * @see https://prometheus.io/docs/alerting/latest/configuration/#webhook_config
 */
export function readWebhook(body: unknown): ReceivedWebhook {
  const version = (body as { readonly version?: unknown } | null)?.version;
  if (typeof body === 'object' && body !== null && version !== '4') {
    const got = version === undefined ? 'none' : JSON.stringify(version).slice(0, 50);
    throw new HttpProblem(
      422,
      'unknown_version',
      `Expected the version of the payload to be "4", got ${got}; send it by a webhook_config of Alertmanager 0.19 or newer, without a payload of your own`,
    );
  }
  const parsed = Payload.safeParse(body);
  if (!parsed.success) throw invalid(parsed.error);
  const { alerts, groupKey, truncatedAlerts } = parsed.data;
  const group = hashOf(groupKey);
  const byIdentity = new Map(
    alerts.map((alert) => [
      `${alert.fingerprint.toLowerCase()} ${alert.startsAt.getTime()}`,
      alert,
    ]),
  );
  return {
    alerts: [...byIdentity.values()].map(({ labels, annotations, endsAt, ...alert }) => ({
      status: alert.status,
      fingerprint: alert.fingerprint.toLowerCase(),
      startsAt: alert.startsAt,
      endsAt: alert.status === 'resolved' ? (endsAt ?? null) : null,
      name: column(labels.alertname ?? 'unnamed'),
      severity: column(labels.severity ?? 'none'),
      team: column(labels.team ?? ''),
      service: column(labels.service_name ?? labels.job ?? ''),
      tenantId: tenantOf(labels.tenant_id),
      groupKey: group,
      labels: storable(labels),
      annotations: storable(annotations),
    })),
    truncated: truncatedAlerts,
  };
}

export const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

function invalid({ issues }: z.ZodError): HttpProblem {
  const shown = issues.slice(0, mostIssues).map(({ path, code, message }) => ({
    path: path.map((step) => String(step).slice(0, 50)),
    code,
    message: message.slice(0, 200),
  }));
  const text = shown
    .slice(0, 3)
    .map(({ path, message }) => `${path.join('.') || 'the whole'}: ${message}`)
    .join('; ');
  const more = issues.length > 3 ? `; and ${issues.length - 3} more` : '';
  return new HttpProblem(
    422,
    'invalid',
    `Expected the body to be a payload of Alertmanager's webhook, version 4, got ${text}${more}; nothing of it was stored`,
    { issues: shown },
  );
}

function tenantOf(label: string | undefined): string | null {
  return label !== undefined && label.length <= 64 && isTenantId(label) ? label : null;
}

/** PostgreSQL takes neither NUL nor half of a surrogate pair. */
const storableText = (text: string) => text.replaceAll(/[\0\p{Cs}]/gu, '\uFFFD');

const column = (text: string) => storableText(text.slice(0, 200));

const storable = (map: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(map).map(([name, value]) => [storableText(name), storableText(value)]),
  );
