import { uids } from '../../dashboards/uids.ts';
import { up } from '../../metrics/scrape.ts';
import type { AlertSource } from '../alert.ts';
import { series } from '../test-series.ts';
import { aPrometheus } from './servers-in-tests.ts';

const anything = series(up, aPrometheus);

export const watchdog: AlertSource = () => ({
  name: 'Watchdog',
  severity: 'none',
  team: 'platform',
  // Stored samples are part of the way: with a full disk the heartbeat stops too.
  expr: `vector(1) and on () count(${up.name})`,
  for: '0s',
  summary: 'Alerting works: this fires all the time',
  description:
    'The heartbeat of the whole way, from what Prometheus stores through Alertmanager to the notification service. That it fires is right; the notification service raises the alarm by itself when it stops coming.',
  dashboard: { uid: uids.pipeline },
  runbook: {
    symptom:
      'The notification service says that the heartbeat stopped. (That Watchdog fires is no symptom: it always does.)',
    meaning:
      'Customers notice nothing. No alert reaches anybody: Prometheus, Alertmanager, or the way between them and the notification service is broken.',
    look: [
      'Along the way, until one does not answer:',
      '',
      '```sh',
      `curl -sG http://localhost:9090/api/v1/query --data-urlencode 'query=ALERTS{alertname="Watchdog"}'   # Prometheus evaluates rules`,
      'amtool --alertmanager.url=http://localhost:9093 alert query alertname=Watchdog    # Alertmanager has it',
      'npx bellwether stack logs alertmanager | grep -i heartbeat                        # it can deliver it',
      '```',
      '',
      '- Prometheus does not answer: start it.',
      '- It has no such alert: its rules are not loaded (`/api/v1/rules`), or it stores nothing: its disk is full (`df -h`).',
      '- Alertmanager does not have it: [AlertmanagerDown](AlertmanagerDown.md), [AlertsNotDelivered](AlertsNotDelivered.md).',
      '- It has it: [NotificationsFailing](NotificationsFailing.md); 401 means that the token files differ.',
    ].join('\n'),
    mend: [
      '1. Start what does not run.',
      '2. Never silence Watchdog: a silence stops the heartbeat. Such a silence: `amtool --alertmanager.url=http://localhost:9093 silence query alertname=Watchdog`, then `silence expire <id>`.',
      '3. Look at the dashboards for what may have happened meanwhile: nobody was told.',
    ].join('\n'),
  },
  tests: [
    {
      name: 'it fires from the first evaluation on',
      series: { [anything]: '1x10' },
      at: '0m',
      fires: [{}],
    },
    {
      name: 'nothing is stored any more, as with a full disk',
      series: { [anything]: '1x10 _x10' },
      at: '20m',
      fires: [],
    },
  ],
});
