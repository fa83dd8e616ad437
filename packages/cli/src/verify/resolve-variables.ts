import type { AskTime } from './ask-query.ts';
import { fillVariables, type VariableValue } from './fill-variables.ts';
import type { PrometheusClient } from './prometheus-client.ts';
import type { DashboardVariable } from './read-dashboard.ts';

export interface ResolvedVariables {
  readonly values: ReadonlyMap<string, VariableValue>;
  /** How many queries were asked. */
  readonly queries: number;
  /** Variables that nothing is to be chosen from, and those whose query is wrong. */
  readonly problems: readonly {
    readonly name: string;
    readonly query: string;
    readonly selector?: string;
    readonly message: string;
  }[];
}

/**
 * What each variable stands for when the dashboard is opened: All where there is one, else the first value. Query variables are
 * asked of Prometheus in their order, because a later one may name an earlier one.
 */
export async function resolveVariables(
  prometheus: PrometheusClient,
  variables: readonly DashboardVariable[],
  builtIn: ReadonlyMap<string, VariableValue>,
  time: AskTime,
): Promise<ResolvedVariables> {
  const values = new Map(builtIn);
  const problems: { name: string; query: string; selector?: string; message: string }[] = [];
  let queries = 0;
  for (const variable of variables) {
    const { name, type } = variable;
    if (type !== 'query') {
      values.set(name, { value: constant(variable), multi: variable.multi });
      continue;
    }
    queries += 1;
    const query = fillVariables(variable.query, values);
    const ask = variableQuery(query);
    try {
      const offered = await offers(prometheus, ask, time);
      const choice = filtered(offered, variable.regex);
      values.set(name, chosen(variable, choice));
      if (choice.length > 0) continue;
      const selector = ask.kind === 'label' ? ask.selector : undefined;
      problems.push({
        ...{ name, query, ...(selector !== undefined && { selector }) },
        message: offered.length === 0 ? nothingOffered(ask) : 'its regex leaves nothing',
      });
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'ERR_PROMETHEUS_ANSWER') throw error;
      values.set(name, chosen(variable, []));
      problems.push({ name, query, message: (error as Error).message });
    }
  }
  return { values, queries, problems };
}

function nothingOffered(ask: VariableQuery): string {
  return ask.kind === 'label'
    ? `offers nothing: no series has the label ${ask.label}`
    : 'offers nothing';
}

function constant({ type, query, current }: DashboardVariable): string {
  if (type === 'custom' || type === 'interval') {
    const [first = ''] = query.split(',').map((part) => part.trim().split(' : ').at(-1) ?? '');
    return current === undefined || current.startsWith('$__') ? first : current;
  }
  return current ?? query;
}

function chosen(
  { includeAll, multi, allValue }: DashboardVariable,
  values: readonly string[],
): VariableValue {
  if (!includeAll) {
    const named = values.find((value) => value !== '' && !value.startsWith('__'));
    return { value: named ?? values[0] ?? '', multi };
  }
  if (allValue) return { value: allValue, multi: true, raw: true };
  return { value: values, multi: true };
}

type VariableQuery =
  | { readonly kind: 'label'; readonly label: string; readonly selector: string | undefined }
  | { readonly kind: 'metrics'; readonly pattern: string }
  | { readonly kind: 'query'; readonly query: string }
  | { readonly kind: 'unknown'; readonly text: string };

/** The functions of Grafana's Prometheus data source. */
function variableQuery(text: string): VariableQuery {
  const label = /^\s*label_values\(\s*(?:([\s\S]+),\s*)?([A-Za-z_]\w*)\s*\)\s*$/.exec(text);
  if (label) return { kind: 'label', label: label[2] ?? '', selector: label[1] };
  const metrics = /^\s*metrics\(\s*([\s\S]*?)\s*\)\s*$/.exec(text);
  if (metrics) return { kind: 'metrics', pattern: metrics[1] ?? '' };
  const query = /^\s*query_result\(([\s\S]+)\)\s*$/.exec(text);
  return query ? { kind: 'query', query: query[1] ?? '' } : { kind: 'unknown', text };
}

async function offers(
  prometheus: PrometheusClient,
  ask: VariableQuery,
  { now, lookBack }: AskTime,
): Promise<readonly string[]> {
  const range = { start: String(now - lookBack), end: String(now) };
  const labelValues = async (label: string, selector: string | undefined) =>
    (await prometheus.ask(`/api/v1/label/${encodeURIComponent(label)}/values`, {
      ...range,
      ...(selector !== undefined && { 'match[]': selector }),
    })) as readonly string[];
  if (ask.kind === 'label') return labelValues(ask.label, ask.selector);
  if (ask.kind === 'metrics') {
    const names = await labelValues('__name__', undefined);
    return names.filter((name) => new RegExp(ask.pattern).test(name));
  }
  const query = ask.kind === 'query' ? ask.query : ask.text;
  const answer = await prometheus.ask('/api/v1/query', { query, time: String(now) });
  const { result } = answer as { result: readonly { metric?: object }[] };
  return result.map(({ metric = {} }) => JSON.stringify(metric));
}

function filtered(values: readonly string[], regex: string): readonly string[] {
  const body = /^\/(.*)\/[a-z]*$/s.exec(regex)?.[1] ?? regex;
  if (body === '') return values;
  const pattern = new RegExp(body);
  return values.flatMap((value) => {
    const match = pattern.exec(value);
    return match === null ? [] : [match[1] ?? match[0]];
  });
}
