/** A finding that is right as it is. One that no longer matches anything fails the test, so that the list stays short. */
export interface LintException {
  readonly rule: string;
  readonly dashboard: string;
  readonly panel?: string;
  /** A part of the message, where only some of them are right. */
  readonly about?: string;
  readonly reason: string;
}

export const exceptions: readonly LintException[] = [
  ...['template-instance-rule', 'target-instance-rule'].map((rule) => ({
    rule,
    dashboard: 'bellwether-slo',
    reason: 'A promise is about a service: its recorded series are added up over instances.',
  })),
  ...['template-instance-rule', 'target-instance-rule'].map((rule) => ({
    rule,
    dashboard: 'bellwether-year',
    reason: 'Hourly records are added up over instances: nobody asks for one of last year.',
  })),
  ...['baselines', 'releases', 'environments'].flatMap((board) =>
    ['template-instance-rule', 'target-instance-rule'].map((rule) => ({
      rule,
      dashboard: `bellwether-${board}`,
      reason: 'It compares hours, versions or environments by recorded series, instances added up.',
    })),
  ),
  {
    rule: 'target-job-rule',
    dashboard: 'bellwether-slo',
    about: 'slo:target:ratio',
    reason:
      'The target of a promise is one number, whoever keeps it; it is joined to series with a job.',
  },
  {
    rule: 'target-counter-agg-rule',
    dashboard: 'bellwether-system',
    panel: 'Load for each core',
    reason:
      'The series of node_cpu_seconds_total are counted, not their values: there is one for each core.',
  },
  ...['target-job-rule', 'target-instance-rule'].map((rule) => ({
    rule,
    dashboard: 'bellwether-pipeline',
    panel: 'Watchdog',
    reason: 'The alert that always fires is about no job: it is there or the alerting is not.',
  })),
  {
    rule: 'alert-thresholds',
    dashboard: 'bellwether-cache',
    about: 'RedisMemoryHigh',
    reason:
      'A Redis without maxmemory has no share of it: the board draws bytes and their maximum instead.',
  },
  {
    rule: 'alert-thresholds',
    dashboard: 'bellwether-services',
    about: 'ServiceSilent',
    reason: 'It is about a service that is not there any more: there is no level to draw.',
  },
  ...[
    ['bellwether-executive', 'Tenants that fare worst'],
    ['bellwether-tenant', 'All tenants'],
    ['bellwether-tenant', 'Tenant health'],
    ['bellwether-business', 'Tenant health'],
  ].map(([dashboard = '', panel = '']) => ({
    rule: 'target-rate-interval-rule',
    dashboard,
    panel,
    reason: 'Health is judged over an hour: a small tenant makes too few requests in a minute.',
  })),
  ...['Critical alerts', 'Warnings'].flatMap((panel) =>
    ['target-job-rule', 'target-instance-rule'].map((rule) => ({
      rule,
      dashboard: 'bellwether-executive',
      panel,
      reason: 'ALERTS has no instance, and alerts that are about no job must be counted too.',
    })),
  ),
];
