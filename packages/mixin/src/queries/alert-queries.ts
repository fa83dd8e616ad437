import type { Metric } from '../metrics/metric.ts';

const SERVICE_OF_DASHBOARD = 'deployment_environment_name=~"$environment",job=~"$job"';
const VERSION = 'deployment_environment_name, job, service_version';

/** Versions that run now and did not run ten minutes ago. */
export const deployments = ({ name }: Metric): string => {
  const running = `${name}{${SERVICE_OF_DASHBOARD},service_version!=""}`;
  return `group by (${VERSION}) (${running}) unless group by (${VERSION}) (${running} offset 10m)`;
};

/** Alerts that ask somebody to act; the empty alternative keeps those that name no job. */
export const firingAlerts = 'ALERTS{alertstate="firing",severity=~"critical|warning",job=~"$job|"}';

const JOB_OF_DASHBOARD = ['job=~"$job|"'];

/** How many alerts of one severity fire now, of a dashboard those about its jobs or about none; zero when none does. */
export const firingCount = (
  severity: 'critical' | 'warning',
  matchers: readonly string[] = JOB_OF_DASHBOARD,
): string =>
  `count(ALERTS{${['alertstate="firing"', `severity="${severity}"`, ...matchers].join(',')}}) or vector(0)`;

/** How many alerts that ask somebody to act fire, by severity. */
export const firingOverTime =
  'count by (severity) (ALERTS{alertstate="firing",severity=~"critical|warning"})';
