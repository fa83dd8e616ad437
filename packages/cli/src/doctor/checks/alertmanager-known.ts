import { type Check, fail, ok, skipped } from '../check.ts';
import { askPrometheus } from '../net/ask-prometheus.ts';
import { fields, isText, listOf } from '../net/shape.ts';
import { shownUrl } from '../net/shown-url.ts';

const isKnown = fields<{ readonly activeAlertmanagers: readonly { readonly url: string }[] }>({
  activeAlertmanagers: listOf(fields<{ readonly url: string }>({ url: isText })),
});

export const alertmanagerKnown: Check = {
  id: 'alertmanager-known',
  group: 'alerting',
  title: 'Prometheus knows an Alertmanager',
  needs: ['prometheus'],
  async run(context) {
    const answer = await askPrometheus(context, '/api/v1/alertmanagers', isKnown);
    if (answer.problem !== undefined) return skipped(answer.problem);
    const known = answer.data.activeAlertmanagers.map(({ url }) => url);
    if (known.length === 0) {
      return fail(
        'it knows none: alerts fire and nobody is told',
        'Name it under alerting.alertmanagers in prometheus.yaml and reload it.',
      );
    }
    return ok(known.map((url) => shownUrl(url).replace(/\/api\/v2\/alerts$/, '')).join(', '));
  },
};
