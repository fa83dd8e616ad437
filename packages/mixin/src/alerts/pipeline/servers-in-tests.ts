/** The labels of the pipeline's servers in tests of alerts, whose targets say their environment. */
export const aCollector = {
  deployment_environment_name: 'production',
  job: 'otel-collector',
  instance: 'collector:8888',
} as const;
export const aPrometheus = {
  deployment_environment_name: 'production',
  job: 'prometheus',
  instance: 'prometheus:9090',
} as const;
export const anAlertmanager = {
  deployment_environment_name: 'production',
  job: 'alertmanager',
  instance: 'alertmanager:9093',
} as const;

/** The queue to Prometheus, as the Collector labels it. */
export const toPrometheus = { exporter: 'otlp_http/prometheus' } as const;
