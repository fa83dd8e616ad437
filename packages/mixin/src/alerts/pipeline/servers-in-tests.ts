/** The labels of the pipeline's servers in tests of alerts. */
export const aCollector = { job: 'otel-collector', instance: 'collector:8888' } as const;
export const aPrometheus = { job: 'prometheus', instance: 'prometheus:9090' } as const;
export const anAlertmanager = { job: 'alertmanager', instance: 'alertmanager:9093' } as const;

/** The queue to Prometheus, as the Collector labels it. */
export const toPrometheus = { exporter: 'otlp_http/prometheus' } as const;
