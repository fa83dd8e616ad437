import { uids } from '../../dashboards/uids.ts';
import { catalogMetric } from '../../metrics/catalog-metric.ts';
import { notifications } from '../../queries/business-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { SERVICE } from '../../query/service-labels.ts';
import type { AlertSource } from '../alert.ts';
import { replica, series, shop } from '../test-series.ts';

export const notificationChannelFailing: AlertSource = (spec) => {
  const metric = catalogMetric(spec, 'messaging.notifications');
  const scope = ruleScope(spec.time('15m'), spec.histograms);
  const failed = notifications(spec, scope, {
    by: [...SERVICE, 'channel'],
    matchers: ['outcome="failed"'],
  });
  if (metric === undefined) return undefined;
  const outcome = (name: string) =>
    series(metric, { ...replica('shop-1'), channel: 'email', outcome: name });
  return {
    name: 'NotificationChannelFailing',
    severity: 'warning',
    team: 'platform',
    expr: `${failed} > 0`,
    for: spec.time('10m'),
    summary:
      '{{ $labels.service_name }} failed to send {{ printf "%.0f" $value }} notifications by {{ $labels.channel }}',
    description:
      'The service gave up notifications of one channel after all its retries. Whoever is reached by this channel only was not told.',
    dashboard: { uid: uids.pipeline, variables: { 'var-job': 'job' } },
    runbook: {
      symptom: 'In the last 15 minutes notifications of one channel were given up.',
      meaning: 'People or customers did not get a message that was meant for them.',
      look: [
        '```promql',
        'sum by (channel, outcome) (increase(messaging_notifications_total[15m]))',
        '```',
        '',
        'The log of the service names the answer of the other side. The notification service also says who was told what and when.',
      ].join('\n'),
      mend: [
        '1. `email`: the SMTP server is down or refuses the sender. Try it by hand: `swaks --server <host> --to you@example.com`.',
        '2. `chat` or `webhook`: the address was revoked, or its secret changed. Put the new one into its file.',
        '3. Tell those who were not told, if it still matters.',
      ].join('\n'),
    },
    tests: [
      {
        name: 'SMTP is down: each minute one more is given up',
        series: { [outcome('sent')]: '0+1x20 20x40', [outcome('failed')]: '0x20 0+1x40' },
        at: '45m',
        fires: [{ ...shop, channel: 'email' }],
      },
      {
        name: 'all are sent',
        series: { [outcome('sent')]: '0+1x60' },
        at: '45m',
        fires: [],
      },
    ],
  };
};
