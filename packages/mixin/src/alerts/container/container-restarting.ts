import { uids } from '../../dashboards/uids.ts';
import { cadvisor } from '../../metrics/cadvisor.ts';
import { containerKills, containerRestarts } from '../../queries/container-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { containerThresholds } from '../../thresholds/container-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { blocks, promql, shell, steps } from '../prose.ts';
import { container, containerSeries } from './test-container.ts';

const { warning } = containerThresholds.restarts;
const started = containerSeries(cadvisor.startTime);

export const containerRestarting: AlertSource = (spec) => {
  const scope = ruleScope(spec.time('30m'), spec.histograms);
  const look = ruleScope('1h', spec.histograms);
  return {
    name: 'ContainerRestarting',
    severity: 'warning',
    team: 'platform',
    expr: `${containerRestarts(scope)} >= ${warning}`,
    for: spec.time('0m'),
    keepFiringFor: spec.time('10m'),
    summary:
      'Container {{ $labels.id }} started {{ printf "%.0f" $value }} times within half an hour',
    description:
      'A container ends again and again, and its restart policy hides it. Also databases, proxies and exporters are seen, which tell nothing about themselves while they are down.',
    dashboard: { uid: uids.containers, variables: { 'var-instance': 'instance' } },
    runbook: {
      symptom: `One container started at least ${warning} times within half an hour.`,
      meaning:
        'What it serves is there for seconds and away for longer, until the pause between tries has grown to minutes.',
      look: blocks(
        'How did it end, and what did it say last?',
        shell(
          'docker logs --tail 50 <container>',
          "docker inspect --format '{{ .RestartCount }} {{ .State.ExitCode }} {{ .State.Error }}' <container>",
        ),
        promql(containerRestarts(look), containerKills(look)),
      ),
      mend: steps(
        'A deploy or a change of settings came before: take it back.',
        'Exit code 137 and a kill: follow [ContainerOutOfMemory](ContainerOutOfMemory.md).',
        'Exit code 1 at once: a file, a secret or a database that is not there. Its log names it.',
      ),
    },
    tests: [
      {
        name: 'four starts in ten minutes',
        series: { [started]: '1000x5 4000x2 4200x2 4400x2 4600x20' },
        at: '20m',
        fires: [container],
      },
      {
        name: 'one start, by a deploy',
        series: { [started]: '1000x10 4000x20' },
        at: '20m',
        fires: [],
      },
    ],
  };
};
