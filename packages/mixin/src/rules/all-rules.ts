import type { AlertArea } from '../alerts/all-alerts.ts';
import type { ResolvedSpec } from '../monitoring-spec.ts';
import { baselineRules } from './baseline-rules.ts';
import { hourlyRules } from './hourly-rules.ts';
import { httpRules } from './http-rules.ts';
import { promClientRules } from './prom-client-rules.ts';
import { RENAMED, renamedRules } from './renamed-rules.ts';
import { alertFileName } from './render-rule-tests.ts';
import type { RuleFile } from './rule-file.ts';
import { sloRules } from './slo-rules.ts';
import { versionRules } from './version-rules.ts';

/** All rules by file, recording rules first. */
export function allRuleFiles(areas: readonly AlertArea[], spec: ResolvedSpec): readonly RuleFile[] {
  const alertFiles = areas.map(({ area, alerts }) => ({
    name: alertFileName(area),
    groups: [{ name: alertFileName(area), rules: alerts }],
  }));
  const files = [
    { name: 'http-recording', groups: httpRules(spec) },
    { name: 'version-recording', groups: versionRules(spec) },
    { name: 'slo-recording', groups: sloRules(spec) },
    { name: RENAMED, groups: renamedRules(spec) },
    { name: 'hourly-recording', groups: hourlyRules(spec) },
    { name: 'baseline-recording', groups: baselineRules(spec) },
    ...alertFiles,
    { name: 'prom-client-names', groups: promClientRules(spec), optional: true },
  ];
  return files.filter(({ groups }) => groups.length > 0);
}
