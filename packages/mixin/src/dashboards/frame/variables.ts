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

/** What of a dashboard its variables come from. */
interface VariablesDefinition {
  readonly about: readonly Metric[];
  readonly variables?: readonly LabelVariable[];
  readonly instances?: boolean;
}

/** What All means: also series without the label (`.*`), or only those with it (`.+`). */
type All = '.*' | '.+';

/**
 * The variables of a dashboard about these metrics: data source, job and instance; environment where services send them; tenant
 * where they carry one. Each offers what exists within the choice before it, several values, and All.
 */
export function variablesOf(
  { about, variables = [], instances = true }: VariablesDefinition,
  histograms: HistogramFlavour,
): VariableModel[] {
  const fromServices = about.filter(({ origin }) => origin === 'service');
  const withTenant = about.filter(({ tenant }) => tenant);
  const chosen: string[] = [];
  const offer = (
    name: string,
    title: string,
    label: string,
    metrics: readonly Metric[],
    all: All,
  ) => {
    const variable = labelValues(name, title, label, selector(metrics, chosen, histograms), all);
    chosen.push(`${label}=~"$${name}"`);
    return variable;
  };
  return [
    datasource,
    ...(fromServices.length > 0
      ? [offer('environment', 'Environment', 'deployment_environment_name', fromServices, '.*')]
      : []),
    offer('job', 'Job', 'job', about, '.+'),
    ...(instances ? [offer('instance', 'Instance', 'instance', about, '.+')] : []),
    ...(withTenant.length > 0 ? [offer('tenant', 'Tenant', 'tenant_id', withTenant, '.*')] : []),
    ...variables.map(({ name, title, label, metric }) => offer(name, title, label, [metric], '.*')),
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

/** Values are escaped by Grafana, as every query uses `=~`. */
function labelValues(
  name: string,
  title: string,
  label: string,
  series: string,
  all: All,
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
