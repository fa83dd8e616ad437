import { uids } from '../../dashboards/uids.ts';
import { catalogMetric } from '../../metrics/catalog-metric.ts';
import { notificationsWaitingSeconds } from '../../queries/pipeline-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { SERVICE } from '../../query/service-labels.ts';
import { pipelineThresholds } from '../../thresholds/pipeline-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { replica, series, shop } from '../test-series.ts';

const { notificationsWaiting: threshold } = pipelineThresholds;

export const notificationsWaiting: AlertSource = (spec) => {
  const metric = catalogMetric(spec, 'notifications.pending.age');
  const scope = ruleScope(spec.time('5m'), spec.histograms);
  const waiting = notificationsWaitingSeconds(spec, scope, [...SERVICE, 'channel']);
  if (metric === undefined || waiting === undefined) return undefined;
  const age = (instance: string) => series(metric, { ...replica(instance), channel: 'email' });
  return {
    name: 'NotificationsWaiting',
    severity: 'warning',
    team: 'platform',
    expr: `${waiting} > ${threshold.warning}`,
    for: spec.time('2m'),
    summary:
      '{{ $labels.service_name }} has not been able to send by {{ $labels.channel }} for {{ $value | humanizeDuration }}',
    description:
      'Notifications wait in the outbox because one channel takes none. They are tried again until they are too old, a day by default; the other channels go on.',
    dashboard: { uid: uids.pipeline, variables: { 'var-job': 'job' } },
    runbook: {
      symptom: `The oldest notification in the outbox is more than ${threshold.warning / 60} minutes old.`,
      meaning:
        'People who are reached by this channel only do not learn of alerts now. Nothing is lost yet: it is sent when the channel is back.',
      look: [
        '```sh',
        'curl -H "authorization: Bearer $(cat read-token)" http://notifications:8080/api/v1/channels',
        '```',
        '',
        '`failuresInARow` and `nextAttemptAt` tell which channel it is, `lastError` of any alert at `/api/v1/alerts` what the other side said.',
      ].join('\n'),
      mend: [
        '1. `email`: is the SMTP server up, and does it still take the password in `passwordFile`? A new password in the file needs no restart.',
        '2. `chat`: 403, 404 or 410 mean that the address was revoked. Write the new one into `urlFile`.',
        '3. `failuresInARow` is 0 and much waits: it is a flood, and the limit of messages a minute holds it back.',
      ].join('\n'),
    },
    tests: [
      {
        name: 'SMTP is down: the oldest grows older, and both replicas say so',
        series: { [age('n-1')]: '0x10 0+60x30', [age('n-2')]: '0x10 0+60x30' },
        at: '25m',
        fires: [{ ...shop, channel: 'email' }],
      },
      {
        name: 'four minutes, and then it is sent',
        series: { [age('n-1')]: '0x10 60 120 180 240 0x30' },
        at: '15m',
        fires: [],
      },
    ],
  };
};
