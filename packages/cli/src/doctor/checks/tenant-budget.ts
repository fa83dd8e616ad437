import { type Check, ok, skipped, warn } from '../check.ts';
import { askVector } from '../net/ask-prometheus.ts';
import { serviceName } from '../service-name.ts';

const folded = 'sum by (job) (bellwether_tenants_folded_total)';
const FOLDED = `${folded} - (sum by (job) (bellwether_tenants_folded_total offset 15m) or 0 * ${folded}) > 0`;
const ADMITTED = 'max by (job) (bellwether_tenants_admitted)';
const DEFAULT_BUDGET = 200;

export const tenantBudget: Check = {
  id: 'tenant-budget',
  group: 'fleet',
  title: 'Tenants fit into the budget',
  needs: ['prometheus'],
  async run(context) {
    const [over, admitted] = await Promise.all([
      askVector(context, FOLDED),
      askVector(context, ADMITTED),
    ]);
    if (over.problem !== undefined) return skipped(over.problem);
    if (admitted.problem !== undefined) return skipped(admitted.problem);
    const hint =
      'Raise BELLWETHER_TENANT_BUDGET, or name those that matter in BELLWETHER_TENANT_ALLOW_LIST.';
    if (over.data.length > 0) {
      const said = over.data.map(({ metric, value }) => `${metric.job}: ${value[1]} recordings`);
      return warn(`in 15 minutes went to __other__: ${said.join(', ')}`, hint);
    }
    if (admitted.data.length === 0) return ok('no service tells of tenants yet');
    const said = admitted.data.map(({ metric, value }) => `${metric.job}: ${value[1]}`);
    // The budget itself is no metric: it is known of this application only.
    const service = serviceName(context);
    const ours = admitted.data.find(({ metric }) => metric.job?.split('/').at(-1) === service);
    const budget = Number(context.env.BELLWETHER_TENANT_BUDGET?.trim() || DEFAULT_BUDGET);
    if (ours !== undefined && Number(ours.value[1]) >= budget * 0.8) {
      return warn(`${ours.metric.job} has ${ours.value[1]} tenants of a budget of ${budget}`, hint);
    }
    return ok(`tenants with a name of their own: ${said.join(', ')}`);
  },
};
