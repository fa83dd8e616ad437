import { uids } from '../../dashboards/uids.ts';
import { up } from '../../metrics/scrape.ts';
import { OTHER_TARGETS, targetUp } from '../../queries/target-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import type { AlertSource } from '../alert.ts';
import { blocks, promql, shell, steps } from '../prose.ts';
import { series } from '../test-series.ts';

const exporter = {
  deployment_environment_name: 'production',
  job: 'redis-exporter',
  instance: '10.0.0.6:9121',
} as const;
const target = series(up, exporter);

/** Without it, an exporter that is gone would blind the alerts that read it, in silence. */
export const targetDown: AlertSource = (spec) => {
  const scope = ruleScope(spec.time('5m'), spec.histograms);
  return {
    name: 'TargetDown',
    severity: 'warning',
    team: 'platform',
    expr: `${targetUp(OTHER_TARGETS, scope)} == 0`,
    for: spec.time('10m'),
    summary: 'Prometheus cannot scrape {{ $labels.job }} at {{ $labels.instance }}',
    description:
      'An exporter does not answer. What it watches may work as ever, but alerts and dashboards about it are blind.',
    dashboard: { uid: uids.system },
    runbook: {
      symptom:
        'Each scrape of a target has failed for ten minutes. Machines, the Collector and Alertmanager have alerts of their own.',
      meaning: 'Nothing. It is the next fault of the watched server that nobody would see.',
      look: blocks(
        'What does Prometheus say, and what does the exporter answer?',
        shell(
          'curl -s http://<prometheus>:9090/api/v1/targets | jq -r \'.data.activeTargets[] | select(.health != "up") | [.scrapeUrl, .lastError] | @tsv\'',
          "curl -sS -m 10 -o /dev/null -w '%{http_code} %{time_total}\\n' http://<instance>/metrics",
        ),
        promql(`${up.name} == 0`),
      ),
      mend: steps(
        'The exporter ended: start it. Its log says why, mostly an address or a password that changed.',
        'It answers slower than the time-out of a scrape (10 s): what it watches is overloaded.',
        'The address changed or a firewall came between: put the target or the rule right.',
        'It was taken away on purpose: remove the target from the configuration of Prometheus.',
      ),
    },
    tests: [
      {
        name: 'an exporter ended a quarter of an hour ago',
        series: { [target]: '1x5 0x20' },
        at: '20m',
        fires: [exporter],
      },
      {
        name: 'it is restarted within five minutes',
        series: { [target]: '1x5 0x4 1x20' },
        at: '10m',
        fires: [],
      },
      {
        name: 'the other Prometheus of a pair ended, and an exporter by the name that Debian gives it',
        series: {
          'up{job="prometheus",instance="prometheus-2:9090"}': '0x30',
          'up{job="prometheus",instance="prometheus-1:9090"}': '1x30',
          'up{job="prometheus-postgres-exporter",instance="10.0.0.6:9187"}': '0x30',
        },
        at: '20m',
        fires: [
          { job: 'prometheus', instance: 'prometheus-2:9090' },
          { job: 'prometheus-postgres-exporter', instance: '10.0.0.6:9187' },
        ],
      },
      {
        name: 'machines and servers of the pipeline have alerts of their own',
        series: {
          'up{job="node-exporter",instance="10.0.0.7:9100"}': '0x30',
          'up{job="otel-collector",instance="10.0.0.8:8888"}': '0x30',
          'up{job="alertmanager",instance="10.0.0.8:9093"}': '0x30',
        },
        at: '20m',
        fires: [],
      },
    ],
  };
};
