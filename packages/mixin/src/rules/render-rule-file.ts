import { stringify } from 'yaml';
import type { Alert } from '../alerts/alert.ts';
import type { GeneratedFile } from '../generated-file.ts';
import { generatedHeader } from '../generated-header.ts';
import type { ResolvedSpec } from '../monitoring-spec.ts';
import { alertRule } from './alert-rule.ts';
import type { RecordingRule } from './recording-rule.ts';
import type { RuleFile } from './rule-file.ts';

/** A rule file as Prometheus loads it. */
export function renderRuleFile(file: RuleFile, spec: ResolvedSpec): GeneratedFile {
  const groups = file.groups.map(({ name, interval, rules }) => ({
    name,
    ...(interval !== undefined && { interval }),
    rules: rules.map((rule) => (isAlert(rule) ? alertRule(rule, spec) : recordingRule(rule))),
  }));
  return {
    path: `prometheus/${folderOf(file)}/${file.name}.yaml`,
    text: `# ${generatedHeader(spec)}\n${stringify({ groups }, { lineWidth: 0, aliasDuplicateObjects: false })}`,
  };
}

function folderOf({ optional = false }: RuleFile): string {
  return optional ? 'rules-optional' : 'rules';
}

function isAlert(rule: RecordingRule | Alert): rule is Alert {
  return 'runbook' in rule;
}

function recordingRule({ record, expr, labels }: RecordingRule): RecordingRule {
  return { record, expr, ...(labels !== undefined && { labels }) };
}
