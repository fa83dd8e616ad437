import { uids } from '../../dashboards/uids.ts';
import { up } from '../../metrics/scrape.ts';
import { NODES, targetUp } from '../../queries/target-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import type { AlertSource } from '../alert.ts';
import { blocks, promql, shell, steps } from '../prose.ts';
import { series } from '../test-series.ts';
import { machine } from './test-machine.ts';

const target = series(up, machine);

export const nodeDown: AlertSource = (spec) => {
  const scope = ruleScope(spec.time('5m'), spec.histograms);
  return {
    name: 'NodeDown',
    severity: 'critical',
    team: 'platform',
    expr: `${targetUp(NODES, scope)} == 0`,
    for: spec.time('2m'),
    summary: 'The machine {{ $labels.instance }} does not answer',
    description:
      'Prometheus has not reached node_exporter on this machine for two minutes. What runs on it is probably gone too, and the others carry its load.',
    dashboard: { uid: uids.system, variables: { 'var-instance': 'instance' } },
    runbook: {
      symptom:
        'Each scrape of node_exporter on a machine has failed for two minutes: the machine, its network, or only the exporter is down.',
      meaning:
        'With replicas elsewhere people notice little until their load is too much. With a database on it, everything that needs the database fails.',
      look: blocks(
        'Is it the machine or only the exporter? Does anything else on it answer, and what does Prometheus say?',
        shell(
          'ping -c3 <machine>',
          "ssh <machine> 'uptime; systemctl status prometheus-node-exporter'",
          'curl -s http://<prometheus>:9090/api/v1/targets | jq -r \'.data.activeTargets[] | select(.health != "up") | [.scrapeUrl, .lastError] | @tsv\'',
        ),
        promql(`${up.name} == 0`),
        'Every target is down: it is the network of Prometheus itself, not the machines.',
      ),
      mend: steps(
        'The machine does not answer: look at the console of its provider, restart it there, and see what its last messages were.',
        'Only the exporter is down: `systemctl restart prometheus-node-exporter`. Memory or disk may be why it ended.',
        'A firewall or an address changed: put the rule or the target right.',
        'It was taken away on purpose: remove the target from the configuration of Prometheus.',
      ),
    },
    tests: [
      {
        name: 'no answer for five minutes',
        series: { [target]: '1x5 0x10' },
        at: '9m',
        fires: [machine],
      },
      { name: 'one scrape is lost', series: { [target]: '1x5 0 1x10' }, at: '6m', fires: [] },
      {
        name: 'another exporter is down, the machine is not',
        series: { [target]: '1x20', 'up{job="redis-exporter",instance="10.0.0.7:9121"}': '0x20' },
        at: '15m',
        fires: [],
      },
      {
        name: 'an application in Node.js that is scraped is no machine',
        series: { 'up{job="node-api",instance="10.0.0.7:9464"}': '0x20' },
        at: '15m',
        fires: [],
      },
      {
        name: 'a target that was removed is no machine any more',
        series: { [target]: '1x5 stale' },
        at: '15m',
        fires: [],
      },
    ],
  };
};
