import type { HeldAlert, HeldSilence } from './alertmanager-client.ts';

/** An alert as the page shows it. All texts are from rules and labels: they are shown as text. */
export const shownAlert = ({ fingerprint, labels, annotations, startsAt, status }: HeldAlert) => ({
  fingerprint,
  name: labels.alertname ?? '',
  severity: labels.severity ?? '',
  state: status.state === 'suppressed' ? ('suppressed' as const) : ('active' as const),
  tenant: labels.tenant_id ?? null,
  service: labels.service_name ?? labels.job ?? null,
  environment: labels.deployment_environment_name ?? null,
  summary: annotations.summary ?? '',
  description: annotations.description ?? '',
  runbook: link(annotations.runbook_url),
  dashboard: link(annotations.dashboard_url ?? annotations.dashboard),
  startsAt,
  silencedBy: status.silencedBy,
});

/** Severity `none` is for machines: a dead man's switch fires all the time, and who silences it silences the alarm about all others. */
export const isForPeople = ({ labels }: HeldAlert): boolean => labels.severity !== 'none';

/** A silence as the page shows it. Who made it is no business of a tenant's. */
export const shownSilence = (
  { id, matchers, createdBy, comment, startsAt, endsAt, status }: HeldSilence,
  tenant: string | undefined,
) => ({
  id,
  matchers: matchers.map(({ name, value, isRegex, isEqual }) => ({
    name,
    value,
    isRegex: isRegex === true,
    // Absent where it is of an Alertmanager that knew equality only.
    isEqual: isEqual !== false,
  })),
  createdBy: tenant === undefined ? createdBy : null,
  comment,
  startsAt,
  endsAt,
  state: status.state,
});

/** Silences about everybody, or those that name this tenant and nobody else. Ended ones are history: the audit trail has it. */
export const silencesOf = (silences: readonly HeldSilence[], tenant: string | undefined) =>
  silences
    .filter(({ status }) => status.state !== 'expired')
    .filter(
      ({ matchers }) =>
        tenant === undefined ||
        matchers.some(
          ({ name, value, isRegex, isEqual }) =>
            name === 'tenant_id' && value === tenant && !isRegex && isEqual !== false,
        ),
    );

/** A link that can be followed: `javascript:` and the like are none. */
function link(url: string | undefined): string | null {
  if (url === undefined || url === '') return null;
  const [scheme] = /^[^/?#]*:/.exec(url) ?? [];
  return scheme === undefined || /^https?:$/i.test(scheme) ? url : null;
}
