import {
  type VariableModel,
  VariableRefresh,
  VariableSort,
  VariableType,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { Metric } from '../../metrics/metric.ts';
import type { HistogramFlavour } from '../../query/query-scope.ts';
import { DATASOURCE } from './datasource.ts';

/** A variable of its own that a dashboard has besides the usual ones, as `route`. */
export interface LabelVariable {
  readonly name: string;
  readonly title: string;
  readonly label: string;
  readonly metric: Metric;
}

/**
 * The variables of a dashboard about these metrics: data source, job and instance; environment where services send them; tenant
 * where they carry one. Each offers what exists within the choice before it, several values, and All.
 */
export function variablesOf(
  about: readonly Metric[],
  extra: readonly LabelVariable[],
  histograms: HistogramFlavour,
): VariableModel[] {
  const fromServices = about.filter(({ origin }) => origin === 'service');
  const withTenant = about.filter(({ tenant }) => tenant);
  const select = (metrics: readonly Metric[], matchers: readonly string[]) =>
    selector(metrics, matchers, histograms);

  const environment = ['deployment_environment_name=~"$environment"'];
  const above = fromServices.length > 0 ? environment : [];
  const job = [...above, 'job=~"$job"'];
  const instance = [...job, 'instance=~"$instance"'];
  const tenant = withTenant.length > 0 ? ['tenant_id=~"$tenant"'] : [];
  return [
    datasource,
    ...(fromServices.length > 0
      ? [
          labelValues(
            'environment',
            'Environment',
            'deployment_environment_name',
            select(fromServices, []),
            '.*',
          ),
        ]
      : []),
    labelValues('job', 'Job', 'job', select(about, above), '.+'),
    labelValues('instance', 'Instance', 'instance', select(about, job), '.+'),
    ...(withTenant.length > 0
      ? [labelValues('tenant', 'Tenant', 'tenant_id', select(withTenant, instance), '.*')]
      : []),
    ...extra.map(({ name, title, label, metric }) =>
      labelValues(name, title, label, select([metric], [...instance, ...tenant]), '.*'),
    ),
  ];
}

/** The series name under which a metric always exists in this flavour. */
const seriesName = ({ kind, name }: Metric, histograms: HistogramFlavour): string =>
  kind === 'histogram' && histograms === 'classic' ? `${name}_count` : name;

function selector(
  metrics: readonly Metric[],
  matchers: readonly string[],
  histograms: HistogramFlavour,
): string {
  const names = metrics.map((metric) => seriesName(metric, histograms));
  const [only] = names;
  if (names.length === 1)
    return matchers.length === 0 ? `${only}` : `${only}{${matchers.join(',')}}`;
  return `{${[`__name__=~"${names.join('|')}"`, ...matchers].join(',')}}`;
}

const datasource: VariableModel = {
  type: VariableType.Datasource,
  name: 'datasource',
  label: 'Data source',
  description: 'The Prometheus that is asked.',
  query: 'prometheus',
  skipUrlSync: false,
  multi: false,
  includeAll: false,
  allowCustomValue: false,
};

/** `all` matches series without the label (`.*`) or demands it (`.+`). Values are escaped by Grafana, as every query uses `=~`. */
function labelValues(
  name: string,
  title: string,
  label: string,
  series: string,
  all: '.*' | '.+',
): VariableModel {
  const asked = `label_values(${series}, ${label})`;
  return {
    type: VariableType.Query,
    name,
    label: title,
    datasource: DATASOURCE,
    definition: asked,
    query: { qryType: 1, query: asked, refId: `Variable-${name}` },
    current: { selected: true, text: ['All'], value: ['$__all'] },
    multi: true,
    includeAll: true,
    allValue: all,
    allowCustomValue: false,
    refresh: VariableRefresh.OnTimeRangeChanged,
    sort: VariableSort.NaturalAsc,
    skipUrlSync: false,
  };
}
