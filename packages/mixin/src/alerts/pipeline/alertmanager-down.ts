import { uids } from '../../dashboards/uids.ts';
import { up } from '../../metrics/scrape.ts';
import { ALERTMANAGERS, targetUp } from '../../queries/target-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import type { AlertSource } from '../alert.ts';
import { series } from '../test-series.ts';
import { anAlertmanager } from './servers-in-tests.ts';

const target = series(up, anAlertmanager);

export const alertmanagerDown: AlertSource = (spec) => ({
  name: 'AlertmanagerDown',
  // It cannot be delivered, so it pages nobody: HeartbeatMissing of the notification service does.
  severity: 'warning',
  team: 'platform',
  expr: `${targetUp(ALERTMANAGERS, ruleScope(spec.time('5m'), spec.histograms))} == 0`,
  for: spec.time('2m'),
  summary:
    'Alertmanager {{ $labels.instance }} does not answer: without another one, alerts reach nobody',
  description:
    'Prometheus does not reach this Alertmanager. If it is the only one, this alert cannot be delivered either: you are told by the notification service, which misses the heartbeat of Watchdog, or you see it here.',
  dashboard: { uid: uids.pipeline },
  runbook: {
    symptom: 'An Alertmanager has been out of reach for two minutes, or the heartbeat stopped.',
    meaning:
      'Customers notice nothing. With no other Alertmanager nobody is told of anything: watch the dashboards until it is mended.',
    look: [
      '```sh',
      'npx bellwether stack status; npx bellwether stack logs alertmanager   # native stack',
      'docker compose ps alertmanager; docker compose logs --tail 50 alertmanager',
      'amtool check-config alertmanager/alertmanager.yaml',
      '```',
      '',
      'What would have been sent: `ALERTS{alertstate="firing"}` in Prometheus.',
    ].join('\n'),
    mend: [
      '1. Start it again. Prometheus hands it all that fires within a minute.',
      '2. It ends at once: its log names the line of the configuration, or a secret file that is missing. Go back to the configuration before.',
      '3. Its disk is full, or the data folder is not its own: make room, `chown` it.',
    ].join('\n'),
  },
  tests: [
    {
      name: 'gone for minutes',
      series: { [target]: '1x10 0x10' },
      at: '15m',
      fires: [anAlertmanager],
    },
    {
      name: 'a restart of a minute',
      series: { [target]: '1x10 0 1x10' },
      at: '12m',
      fires: [],
    },
  ],
});
