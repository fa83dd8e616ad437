import type { Metric } from '../metrics/metric.ts';
import { ENVIRONMENT } from '../query/service-labels.ts';

const SERVICE_OF_DASHBOARD = 'deployment_environment_name=~"$environment",job=~"$job"';
const VERSION = 'deployment_environment_name, job, service_version';

/** Versions that run now and did not run ten minutes ago. */
export const deployments = ({ name }: Metric): string => {
  const running = `${name}{${SERVICE_OF_DASHBOARD},service_version!=""}`;
  return `group by (${VERSION}) (${running}) unless group by (${VERSION}) (${running} offset 10m)`;
};

// The empty alternatives keep alerts that name none.
const OF_JOBS = 'job=~"$job|"';
const OF_ENVIRONMENTS = `${ENVIRONMENT}=~"$environment|"`;
/** Alerts that ask somebody to act. */
const ACTING = 'severity=~"critical|warning"';

const firing = (matchers: readonly string[]): string =>
  `ALERTS{${['alertstate="firing"', ...matchers].join(',')}}`;

/** Alerts that ask somebody to act, of a dashboard about services. */
export const firingAlerts = firing([ACTING, OF_ENVIRONMENTS, OF_JOBS]);

/** The same of a dashboard about servers, which has no environment to choose. */
export const firingAlertsOfServers = firing([ACTING, OF_JOBS]);

/** How many alerts of one severity fire now, of a dashboard about services; zero when none does. */
export const firingCount = (severity: 'critical' | 'warning'): string =>
  `count(${firing([`severity="${severity}"`, OF_ENVIRONMENTS, OF_JOBS])}) or vector(0)`;

/** The same of the admin page, which chooses one environment or all, and by an equality: alerts that name none are asked for apart. */
export const firingCountOfPage = (severity: 'critical' | 'warning'): string =>
  `count(${ofPage(`severity="${severity}"`)}) or vector(0)`;

/** How many alerts that ask somebody to act fire, by severity. */
export const firingOverTimeOfPage = `count by (severity) (${ofPage(ACTING)})`;

function ofPage(severity: string): string {
  const environments = ['=~"$environment"', '=""'];
  return environments.map((one) => firing([severity, `${ENVIRONMENT}${one}`])).join(' or ');
}
