import { type Check, ok, skipped, warn } from '../check.ts';
import { prometheusConfig } from '../net/prometheus-config.ts';

/** What rules and dashboards name as labels. */
const NEEDED = [
  'service.namespace',
  'service.name',
  'service.instance.id',
  'service.version',
  'deployment.environment.name',
];

export const promotedAttributes: Check = {
  id: 'promoted-attributes',
  group: 'prometheus',
  title: 'Resource attributes that become labels',
  needs: ['prometheus'],
  async run(context) {
    const answer = await prometheusConfig(context);
    if (answer.problem !== undefined)
      return skipped(`its configuration cannot be read: ${answer.problem}`);
    const { promote_all_resource_attributes: all, promote_resource_attributes: some = [] } =
      answer.data.otlp ?? {};
    const missing = all === true ? [] : NEEDED.filter((name) => !some.includes(name));
    if (missing.length === 0) return ok(all === true ? 'all of them' : some.join(', '));
    return warn(
      `${missing.join(', ')} stay off the series: rules and dashboards that name them find nothing`,
      'Add them to otlp.promote_resource_attributes in prometheus.yaml and reload it.',
    );
  },
};
