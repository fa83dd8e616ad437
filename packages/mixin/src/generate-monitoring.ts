import { adminCatalogFile } from './admin/admin-catalog-file.ts';
import { type AlertArea, allAlerts } from './alerts/all-alerts.ts';
import { dashboardFiles } from './dashboards/all-dashboards.ts';
import { alertsPage } from './docs/alerts-page.ts';
import { metricsPage } from './docs/metrics-page.ts';
import { runbookPages } from './docs/runbook-pages.ts';
import type { GeneratedFile } from './generated-file.ts';
import type { MonitoringSpec, ResolvedSpec } from './monitoring-spec.ts';
import { isAbsent } from './parts/absent-parts.ts';
import { resolveSpec } from './resolve-spec.ts';
import { allRuleFiles } from './rules/all-rules.ts';
import { renamedRuleTests } from './rules/renamed-rule-tests.ts';
import { renderRuleFile } from './rules/render-rule-file.ts';
import { renderRuleTests } from './rules/render-rule-tests.ts';

/**
 * Everything that is generated from a spec: recording rules, alerts, their tests, dashboards, runbooks, reference pages and the
 * questions of the admin page, as text.
 * Nothing is read or written. The same spec gives the same bytes. Alert tests have classic
 * histograms and real time: they are left out for others.
 * @throws SpecError with every mistake of the spec, codes `ERR_SPEC_*`
 * @example
 * for (const { path, text } of generateMonitoring({ catalogs: [catalog] })) writeFileSync(join(out, path), text);
 */
export function generateMonitoring(spec: MonitoringSpec): readonly GeneratedFile[] {
  const resolved = resolveSpec(spec);
  const areas = alertsOf(resolved);
  const ruleFiles = allRuleFiles(areas, resolved);
  const hasTests = (spec.timeScale ?? 1) === 1 && resolved.histograms === 'classic';
  return [
    ...ruleFiles.map((file) => renderRuleFile(file, resolved)),
    ...(hasTests ? areas.flatMap((area) => renderRuleTests(area, ruleFiles, resolved)) : []),
    ...(hasTests ? renamedRuleTests(resolved) : []),
    ...dashboardFiles(resolved),
    ...runbookPages(areas, resolved),
    alertsPage(areas, resolved),
    metricsPage(resolved),
    adminCatalogFile(resolved),
  ];
}

/** Alerts about what the services do not have could never fire. */
function alertsOf(spec: ResolvedSpec): readonly AlertArea[] {
  return allAlerts(spec)
    .map(({ area, alerts }) => ({
      area,
      alerts: alerts.filter(({ expr }) => !isAbsent(expr, spec)),
    }))
    .filter(({ alerts }) => alerts.length > 0);
}
