import { uids } from '../../dashboards/uids.ts';
import { alertmanagerServer } from '../../metrics/alertmanager-server.ts';
import { select } from '../../query/promql.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { SERVER } from '../../query/service-labels.ts';
import type { AlertSource } from '../alert.ts';
import { series } from '../test-series.ts';
import { anAlertmanager } from './servers-in-tests.ts';

const loaded = series(alertmanagerServer.configReloadOk, anAlertmanager);

export const alertmanagerConfigReloadFailed: AlertSource = (spec) => ({
  name: 'AlertmanagerConfigReloadFailed',
  severity: 'warning',
  team: 'platform',
  expr: `max by (${SERVER.join(', ')}) (${select(alertmanagerServer.configReloadOk, ruleScope(spec.time('5m'), spec.histograms))}) == 0`,
  for: spec.time('10m'),
  summary:
    'Alertmanager {{ $labels.instance }} runs with an old configuration: the new one is broken',
  description:
    'The last reload failed, so Alertmanager goes on with the routes and receivers of before. At its next restart it would not come up, and nobody would be told of anything.',
  dashboard: { uid: uids.pipeline },
  runbook: {
    symptom:
      'Alertmanager could not read its configuration, a template or a secret at the last reload.',
    meaning:
      'Customers notice nothing. New routes and receivers are not in force, and the next restart fails.',
    look: [
      '```sh',
      'amtool check-config alertmanager/alertmanager.yaml',
      'npx bellwether stack logs alertmanager   # or: docker compose logs --tail 50 alertmanager',
      '```',
    ].join('\n'),
    mend: [
      '1. Take the last change of `alertmanager.yaml` or of a template back, and reload: `kill -HUP`.',
      '2. A secret file is missing or empty: put it back, or take its integration out.',
    ].join('\n'),
  },
  tests: [
    {
      name: 'a broken file, ten minutes ago',
      series: { [loaded]: '1x10 0x20' },
      at: '25m',
      fires: [anAlertmanager],
    },
    {
      name: 'broken and mended within five minutes',
      series: { [loaded]: '1x10 0x5 1x20' },
      at: '25m',
      fires: [],
    },
  ],
});
