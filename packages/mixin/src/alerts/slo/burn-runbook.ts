import type { ResolvedSpec } from '../../monitoring-spec.ts';
import { latency } from '../../queries/http-queries.ts';
import { failingRoutes } from '../../queries/route-queries.ts';
import { burnRate, errorBudgetLeft } from '../../queries/slo-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { SERVICE, TENANT } from '../../query/service-labels.ts';
import { allSlos } from '../../slo/all-slos.ts';
import type { SloLevel } from '../../slo/slo-records.ts';
import { blocks, promql } from '../prose.ts';

/** How to find what spends a budget. */
export function lookAtBurn(spec: ResolvedSpec, level: SloLevel): string {
  const scope = ruleScope('5m', spec.histograms);
  const promises = allSlos(spec).map(({ id, promise }) => `- \`${id}\`: ${promise}.`);
  return blocks(
    'What was promised:',
    promises.join('\n'),
    'How fast the budget goes (1 would spend it in 30 days) and how much is left. The tenants say whether it is everybody or one:',
    promql(
      burnRate(level, '1h'),
      `topk(10, ${burnRate('slo_tenant', '1h')})`,
      errorBudgetLeft(level),
    ),
    'Where it comes from, for promises about HTTP:',
    promql(
      failingRoutes(10, scope),
      `topk(10, ${latency(0.99, scope, [...SERVICE, 'http_route'])})`,
    ),
    `For promises of the catalog, the bad events by the attributes of their metric and by \`${TENANT}\`. The dashboard marks deploys.`,
  );
}
