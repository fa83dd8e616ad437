import { stringify } from 'yaml';
import type { GeneratedFile } from '../generated-file.ts';
import { generatedHeader } from '../generated-header.ts';
import type { ResolvedSpec } from '../monitoring-spec.ts';
import { RENAMED, renamedPairs } from './renamed-rules.ts';

const LABELS = '{instance="a", job="shop", tenant_id="acme"}';

/** For `promtool test rules`: the old name has the labels and the values of the new one. */
export function renamedRuleTests(spec: ResolvedSpec): readonly GeneratedFile[] {
  const pairs = renamedPairs(spec);
  if (pairs.length === 0) return [];
  const suite = {
    rule_files: [`../rules/${RENAMED}.yaml`],
    evaluation_interval: '1m',
    tests: pairs.map(({ name, old }) => ({
      name: `${old} is ${name}`,
      interval: '1m',
      input_series: [{ series: `${name}${LABELS}`, values: '0+5x10' }],
      promql_expr_test: [
        { expr: old, eval_time: '10m', exp_samples: [{ labels: `${old}${LABELS}`, value: 50 }] },
        {
          expr: `rate(${old}[5m]) * 60`,
          eval_time: '10m',
          exp_samples: [{ labels: LABELS, value: 5 }],
        },
      ],
    })),
  };
  return [
    {
      path: 'prometheus/rule-tests/renamed.yaml',
      text: `# ${generatedHeader(spec)}\n${stringify(suite, { lineWidth: 0, aliasDuplicateObjects: false })}`,
    },
  ];
}
