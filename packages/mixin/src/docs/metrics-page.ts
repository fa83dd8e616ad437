import type { GeneratedFile } from '../generated-file.ts';
import { generatedHeader } from '../generated-header.ts';
import type { Metric } from '../metrics/metric.ts';
import { type MetricSource, metricSources } from '../metrics/metric-sources.ts';
import type { ResolvedSpec } from '../monitoring-spec.ts';
import { isMetricAbsent } from '../parts/absent-parts.ts';
import { SERVICE, TENANT } from '../query/service-labels.ts';
import { inlineCode, markdownTable } from './markdown-table.ts';

/** Every metric on one page, by who emits it. */
export function metricsPage(spec: ResolvedSpec): GeneratedFile {
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
      table(source),
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

function table({ metrics }: MetricSource): string {
  const named = metrics.some(({ instrument }) => instrument !== undefined);
  const head = ['Prometheus', 'Type', 'Unit', 'Labels', 'Description'];
  return markdownTable(
    named ? ['OpenTelemetry', ...head] : head,
    metrics.map((metric) => (named ? [code(metric.instrument), ...cells(metric)] : cells(metric))),
  );
}

function cells({ name, kind, unit, labels, tenant, description }: Metric): string[] {
  const all = [...labels, ...(tenant ? [TENANT] : [])];
  return [code(name), kind, code(unit), all.map(inlineCode).join(' '), description];
}

function code(text: string | undefined): string {
  return text ? inlineCode(text) : '';
}
