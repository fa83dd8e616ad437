/** A finding that is right as it is. One that no longer matches anything fails the test, so that the list stays short. */
export interface LintException {
  readonly rule: string;
  readonly dashboard: string;
  readonly panel?: string;
  readonly reason: string;
}

export const exceptions: readonly LintException[] = [
  ...[
    ['bellwether-executive', 'Tenants that fare worst'],
    ['bellwether-tenant', 'All tenants'],
    ['bellwether-tenant', 'Tenant health'],
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
