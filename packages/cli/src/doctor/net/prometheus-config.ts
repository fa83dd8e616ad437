import { parse } from 'yaml';
import type { DoctorContext } from '../doctor-context.ts';
import { askPrometheus, type PrometheusAnswer } from './ask-prometheus.ts';
import { fields, isText, listOf, optional } from './shape.ts';

/** What we read of a running Prometheus' configuration. */
export interface PrometheusConfig {
  readonly otlp?: {
    readonly promote_resource_attributes?: readonly string[] | undefined;
    readonly promote_all_resource_attributes?: boolean | undefined;
  };
  readonly storage?: { readonly tsdb?: { readonly out_of_order_time_window?: string | undefined } };
}

export async function prometheusConfig(
  context: DoctorContext,
): Promise<PrometheusAnswer<PrometheusConfig>> {
  const answer = await askPrometheus(
    context,
    '/api/v1/status/config',
    fields<{ yaml: string }>({ yaml: isText }),
  );
  if (answer.problem !== undefined) return answer;
  try {
    const config: unknown = parse(answer.data.yaml);
    if (isConfig(config)) return { data: config };
  } catch {
    // Said below.
  }
  return { problem: 'it is not one of Prometheus' };
}

type Otlp = NonNullable<PrometheusConfig['otlp']>;
const isConfig = fields<PrometheusConfig>({
  otlp: optional(
    fields<Otlp>({
      promote_resource_attributes: optional(listOf(isText)),
      promote_all_resource_attributes: optional((value) => typeof value === 'boolean'),
    }),
  ),
  storage: optional(
    fields<NonNullable<PrometheusConfig['storage']>>({
      tsdb: optional(
        fields<{ readonly out_of_order_time_window?: string | undefined }>({
          out_of_order_time_window: optional(isText),
        }),
      ),
    }),
  ),
});
