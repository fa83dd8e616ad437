import type { DashboardJson } from './dashboard-json.ts';
import { exceptions, type LintException } from './exceptions.ts';
import { grafanaRules } from './grafana-rules.ts';
import { houseRules } from './house-rules.ts';
import type { Finding, LintContext, LintRule } from './lint-rule.ts';

export const allRules: readonly LintRule[] = [...grafanaRules, ...houseRules];

export const contextOf = (
  dashboards: readonly DashboardJson[],
  alerts: LintContext['alerts'],
): LintContext => ({
  dashboards: new Map(dashboards.map((each) => [each.uid ?? '', each])),
  alerts,
});

/** What every rule finds in every dashboard, exceptions left out, and the exceptions that nothing needed. */
export function lintDashboards(
  dashboards: readonly DashboardJson[],
  alerts: LintContext['alerts'],
): { readonly findings: readonly Finding[]; readonly unneeded: readonly LintException[] } {
  const context = contextOf(dashboards, alerts);
  const all = dashboards.flatMap((dashboard) =>
    allRules.flatMap(({ name, check }) =>
      check(dashboard, context).map(
        (complaint): Finding => ({
          rule: name,
          dashboard: dashboard.uid ?? '',
          ...complaint,
        }),
      ),
    ),
  );
  const distinct = [...new Map(all.map((finding) => [JSON.stringify(finding), finding])).values()];
  const excuses = (exception: LintException, finding: Finding) =>
    exception.rule === finding.rule &&
    exception.dashboard === finding.dashboard &&
    (exception.panel === undefined || exception.panel === finding.panel) &&
    finding.message.includes(exception.about ?? '');
  return {
    findings: distinct.filter((finding) => !exceptions.some((each) => excuses(each, finding))),
    unneeded: exceptions.filter((each) => !all.some((finding) => excuses(each, finding))),
  };
}
