import type { Alert } from '../api/answers.ts';
import type { Place } from './place.ts';

/** The alerts of the tenant and the environment that are chosen. What says no environment may be about any, and is shown in all. */
export const alertsOf = (
  alerts: readonly Alert[],
  { tenant, environment }: Pick<Place, 'tenant' | 'environment'>,
): readonly Alert[] =>
  alerts.filter(
    (alert) =>
      (tenant === undefined || alert.tenant === tenant) &&
      (environment === undefined || [environment, null].includes(alert.environment)),
  );
