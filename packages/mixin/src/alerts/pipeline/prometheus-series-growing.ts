import { uids } from '../../dashboards/uids.ts';
import { prometheusServer } from '../../metrics/prometheus-server.ts';
import { headSeries, headSeriesGrowth } from '../../queries/capacity-queries.ts';
import { select } from '../../query/promql.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { durationSeconds } from '../../spec/duration.ts';
import { capacityThresholds } from '../../thresholds/capacity-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { blocks, promql, shell, steps } from '../prose.ts';
import { series } from '../test-series.ts';

const { seriesGrowth, comparableSeries } = capacityThresholds;
const server = {
  deployment_environment_name: 'production',
  job: 'prometheus',
  instance: 'prometheus:9090',
};
const stored = series(prometheusServer.headSeries, server);

/** A Prometheus of less than a day has grown from nothing: it is not looked at. */
export const prometheusSeriesGrowing: AlertSource = (spec) => {
  const scope = ruleScope(spec.time('1d'), spec.histograms);
  const week = String(durationSeconds(spec.time('1w')));
  const look = ruleScope('1d', spec.histograms);
  const now = select(prometheusServer.headSeries, scope);
  return {
    name: 'PrometheusSeriesGrowing',
    severity: 'warning',
    team: 'platform',
    expr: `${headSeriesGrowth(week, scope)} > ${seriesGrowth.warning} and ${now} > ${comparableSeries} and ${now} offset ${spec.time('1d')} > 0`,
    for: spec.time('1h'),
    keepFiringFor: spec.time('1h'),
    summary:
      '{{ $labels.instance }} will hold {{ printf "%.1f" $value }} times as many series in a week',
    description:
      'Series in the memory of Prometheus grow so fast that there are twice as many within a week. Memory grows with them, and queries become slow.',
    dashboard: { uid: uids.capacity, variables: { 'var-instance': 'instance' } },
    runbook: {
      symptom: `A line through the last day reaches ${seriesGrowth.warning} times the series of now within a week, and there are more than ${comparableSeries} already.`,
      meaning:
        'Nothing yet. A Prometheus that runs out of memory is killed, reads its log for minutes, and is killed again: nobody is told of anything meanwhile.',
      look: blocks(
        'Which metric, and which label of it?',
        promql(
          headSeries(look),
          'topk(10, count by (__name__) ({__name__=~".+"}))',
          'sum by (job) (scrape_series_added)',
        ),
        shell('promtool tsdb analyze <data folder of Prometheus> | head -60'),
      ),
      mend: steps(
        'A label that takes any value, as an id or an address: take it out of the catalog, or bound it by `upTo`.',
        'Many deployments a day: each makes the series of its processes new. That ends with the retention; `bellwether size` has the number.',
        'New tenants or services: it is growth. Give Prometheus more memory, see the guide about sizing.',
      ),
    },
    tests: [
      {
        name: '160,000 series and 2,000 more each hour',
        interval: '30m',
        series: { [stored]: '100000+1000x100' },
        at: '30h',
        fires: [server],
      },
      {
        name: '200,000 series with the saw of two hours that blocks make',
        interval: '30m',
        series: { [stored]: Array(20).fill('200000 205000 210000 215000').join(' ') },
        at: '30h',
        fires: [],
      },
      {
        name: 'a new Prometheus fills up within its first hours',
        interval: '30m',
        series: { [stored]: '1000+20000x30' },
        at: '12h',
        fires: [],
      },
    ],
  };
};
