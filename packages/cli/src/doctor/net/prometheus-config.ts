import { parse } from 'yaml';
import type { DoctorContext } from '../doctor-context.ts';
import { askPrometheus, type PrometheusAnswer } from './ask-prometheus.ts';

/** What we read of a running Prometheus' configuration. */
export interface PrometheusConfig {
  readonly otlp?: {
    readonly promote_resource_attributes?: readonly string[];
    readonly promote_all_resource_attributes?: boolean;
  };
  readonly storage?: { readonly tsdb?: { readonly out_of_order_time_window?: string } };
}

export async function prometheusConfig(
  context: DoctorContext,
): Promise<PrometheusAnswer<PrometheusConfig>> {
  const answer = await askPrometheus<{ yaml?: unknown }>(context, '/api/v1/status/config');
  if (answer.problem !== undefined) return answer;
  try {
    return { data: (parse(String(answer.data.yaml ?? '')) ?? {}) as PrometheusConfig };
  } catch {
    return { problem: 'its configuration is no YAML' };
  }
}
