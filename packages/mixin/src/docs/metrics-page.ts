import type { GeneratedFile } from '../generated-file.ts';
import { generatedHeader } from '../generated-header.ts';
import type { Metric } from '../metrics/metric.ts';
import { type MetricSource, metricSources } from '../metrics/metric-sources.ts';
import { aliasesOf } from '../metrics/renamed.ts';
import type { ResolvedSpec } from '../monitoring-spec.ts';
import { isMetricAbsent } from '../parts/absent-parts.ts';
import { SERVICE, TENANT } from '../query/service-labels.ts';
import { inlineCode, markdownTable } from './markdown-table.ts';

/** Every metric on one page, by who emits it. */
export function metricsPage(spec: ResolvedSpec): GeneratedFile {
  const old = new Set(aliasesOf(spec).map(({ metric }) => metric.name));
  const text = [
    `<!-- ${generatedHeader(spec)} -->`,
    '# Metrics',
    [
      'A histogram has `_bucket`, `_count` and `_sum` behind its Prometheus name.',
      `Metrics of services carry ${[...SERVICE, 'instance', 'service_version'].map(inlineCode).join(', ')} besides the labels`,
      `below, those per tenant also ${inlineCode(TENANT)}; metrics of servers carry \`job\` and \`instance\`.`,
    ].join(' '),
    ...sourcesOf(spec).flatMap((source) => [
      `## ${source.title}`,
      `Emitted by ${source.emitter}.`,
      table(source, old),
    ]),
  ];
  return { path: 'docs/reference/metrics.md', text: `${text.join('\n\n')}\n` };
}

function sourcesOf(spec: ResolvedSpec): readonly MetricSource[] {
  return metricSources(spec)
    .map((source) => ({
      ...source,
      metrics: source.metrics.filter((metric) => !isMetricAbsent(metric, spec)),
    }))
    .filter(({ metrics }) => metrics.length > 0);
}

function table({ metrics }: MetricSource, old: ReadonlySet<string>): string {
  const named = metrics.some(({ instrument }) => instrument !== undefined);
  const head = ['Prometheus', 'Type', 'Unit', 'Labels', 'Description'];
  return markdownTable(
    named ? ['OpenTelemetry', ...head] : head,
    metrics.map((metric) => {
      const told = cells(metric, old.has(metric.name));
      return named ? [code(metric.instrument), ...told] : told;
    }),
  );
}

function cells(metric: Metric, isRecordedToo: boolean): string[] {
  const { name, kind, unit, labels, tenant, description } = metric;
  const all = [...labels, ...(tenant ? [TENANT] : [])];
  return [
    code(name),
    kind,
    code(unit),
    all.map(inlineCode).join(' '),
    description + formerName(metric, isRecordedToo),
  ];
}

/** A sentence for those who look for the old name. */
function formerName({ renamedFrom }: Metric, isRecordedToo: boolean): string {
  if (renamedFrom === undefined) return '';
  const { name, since } = renamedFrom;
  const now = isRecordedToo ? 'recorded under that name too in this release' : 'that name is gone';
  return `. ${inlineCode(name)} until ${since}: ${now}`;
}

function code(text: string | undefined): string {
  return text ? inlineCode(text) : '';
}
