import type { ClaimedMessage, ClaimedNotification } from './claim-message.ts';
import { inertText, ownLink } from './inert-text.ts';
import { hashOf } from './webhook-payload.ts';

/** One alert as people read it. Every text is one harmless line. */
export interface AlertText {
  readonly status: 'FIRING' | 'RESOLVED';
  readonly name: string;
  readonly severity: string;
  readonly facts: ReadonlyArray<readonly [name: string, value: string]>;
  readonly links: ReadonlyArray<readonly [name: string, url: string]>;
}

/** What every channel has to say, each in its own way. */
export interface MessageText {
  /** The same for the same notifications: a mail sent twice is recognised as one. */
  readonly key: string;
  readonly subject: string;
  /** The most urgent ones. */
  readonly alerts: readonly AlertText[];
  /** How many alerts of which name are told without detail. */
  readonly others: ReadonlyArray<readonly [name: string, alerts: number]>;
}

/** Alerts in full; and names in a subject or a list. */
const mostDetailed = 20;
const mostNames = 10;

/** Composes a message. Of an alert with several events only the newest is said. */
export function composeMessage(
  { notifications }: Pick<ClaimedMessage, 'notifications'>,
  linkOrigins: readonly string[],
): MessageText {
  const newest = new Map<string, ClaimedNotification>();
  for (const notification of notifications) {
    const known = newest.get(notification.alertId);
    if (known === undefined || known.sequence < notification.sequence) {
      newest.set(notification.alertId, notification);
    }
  }
  const told = [...newest.values()].sort(
    (a, b) =>
      a.event.localeCompare(b.event) ||
      a.urgency - b.urgency ||
      a.startsAt.getTime() - b.startsAt.getTime() ||
      a.fingerprint.localeCompare(b.fingerprint),
  );
  const ids = notifications.map(({ id }) => id).sort();
  return {
    key: hashOf(ids.join()).slice(0, 32),
    subject: subjectOf(told),
    alerts: told.slice(0, mostDetailed).map((alert) => alertText(alert, linkOrigins)),
    others: countNames(told.slice(mostDetailed)),
  };
}

function subjectOf(told: readonly ClaimedNotification[]): string {
  const firing = told.filter(({ event }) => event === 'firing').length;
  const resolved = told.length - firing;
  const counts = [
    ...(firing > 0 ? [`FIRING ${firing}`] : []),
    ...(resolved > 0 ? [`RESOLVED ${resolved}`] : []),
  ].join(', ');
  const names = countNames(told)
    .slice(0, 3)
    .map(([name]) => name);
  const [only] = told;
  const where =
    told.length === 1 && only !== undefined
      ? [only.service, only.tenantId ?? '']
          .filter((text) => text !== '')
          .map((text) => inertText(text, 60))
      : [];
  const place = where.length === 0 ? '' : ` (${where.join(', ')})`;
  return inertText(`[${counts}] ${names.join(', ')}${place}`, 180);
}

function countNames(told: readonly ClaimedNotification[]): Array<readonly [string, number]> {
  const counts = new Map<string, number>();
  for (const { name } of told) counts.set(name, (counts.get(name) ?? 0) + 1);
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  const shown = sorted
    .slice(0, mostNames)
    .map(([name, alerts]) => [inertText(name, 80), alerts] as const);
  const rest = sorted.slice(mostNames).reduce((sum, [, alerts]) => sum + alerts, 0);
  return rest === 0 ? shown : [...shown, ['others', rest] as const];
}

function alertText(alert: ClaimedNotification, linkOrigins: readonly string[]): AlertText {
  const { annotations } = alert;
  const facts: Array<readonly [string, string | undefined]> = [
    ['summary', annotations.summary],
    ['description', annotations.description],
    ['service', alert.service],
    ['tenant', alert.tenantId ?? undefined],
    ['since', alert.startsAt.toISOString()],
    ['until', alert.event === 'resolved' ? alert.endsAt?.toISOString() : undefined],
    [
      'now',
      alert.event === 'firing' && alert.status === 'resolved' ? 'resolved meanwhile' : undefined,
    ],
  ];
  const links: Array<readonly [string, string | undefined]> = [
    ['dashboard', ownLink(annotations.dashboard_url ?? '', linkOrigins)],
    ['runbook', ownLink(annotations.runbook_url ?? '', linkOrigins)],
  ];
  return {
    status: alert.event === 'firing' ? 'FIRING' : 'RESOLVED',
    name: inertText(alert.name, 80),
    severity: inertText(alert.severity, 20),
    facts: facts.flatMap(([name, value]) =>
      value === undefined || value === '' ? [] : [[name, inertText(value, 600)] as const],
    ),
    links: links.flatMap(([name, url]) => (url === undefined ? [] : [[name, url] as const])),
  };
}
