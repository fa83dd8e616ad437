import { scraped } from './metric.ts';

/** Prometheus about itself. `*_failures_total` of rules are absent as long as there are no rules. */
export const prometheusServer = {
  httpRequests: scraped(
    'prometheus_http_requests_total',
    'counter',
    'Answers of Prometheus by handler and status code',
    ['handler', 'code'],
  ),
  headSeries: scraped('prometheus_tsdb_head_series', 'gauge', 'Series in memory'),
  headSeriesCreated: scraped(
    'prometheus_tsdb_head_series_created_total',
    'counter',
    'Series that began',
  ),
  samplesAppended: scraped(
    'prometheus_tsdb_head_samples_appended_total',
    'counter',
    'Samples stored, by type',
    ['type'],
  ),
  samplesTooOld: scraped(
    'prometheus_tsdb_too_old_samples_total',
    'counter',
    'Samples refused for being older than the out-of-order window',
    ['type'],
  ),
  samplesOutOfBounds: scraped(
    'prometheus_tsdb_out_of_bound_samples_total',
    'counter',
    'Samples refused for being outside the time that the head block takes',
    ['type'],
  ),
  blocksBytes: scraped(
    'prometheus_tsdb_storage_blocks_bytes',
    'gauge',
    'Bytes of stored blocks on disk',
  ),
  ruleEvaluations: scraped(
    'prometheus_rule_evaluations_total',
    'counter',
    'Evaluations of rules, by group',
    ['rule_group'],
  ),
  ruleFailures: scraped(
    'prometheus_rule_evaluation_failures_total',
    'counter',
    'Evaluations of rules that failed, by group',
    ['rule_group'],
  ),
  ruleIterationsMissed: scraped(
    'prometheus_rule_group_iterations_missed_total',
    'counter',
    'Evaluations of rule groups left out because the one before took too long',
    ['rule_group'],
  ),
  ruleGroupDuration: scraped(
    'prometheus_rule_group_last_duration_seconds',
    'gauge',
    'Seconds of the last evaluation of a rule group',
    ['rule_group'],
  ),
  ruleGroupInterval: scraped(
    'prometheus_rule_group_interval_seconds',
    'gauge',
    'Seconds between evaluations of a rule group',
    ['rule_group'],
  ),
  configReloadOk: scraped(
    'prometheus_config_last_reload_successful',
    'gauge',
    'Whether the last reading of the configuration worked, 0 or 1',
  ),
  notificationsSent: scraped(
    'prometheus_notifications_sent_total',
    'counter',
    'Alerts handed to Alertmanager',
    ['alertmanager'],
  ),
  notificationErrors: scraped(
    'prometheus_notifications_errors_total',
    'counter',
    'Alerts that Alertmanager did not take',
    ['alertmanager'],
  ),
  notificationsDropped: scraped(
    'prometheus_notifications_dropped_total',
    'counter',
    'Alerts given up',
    ['alertmanager'],
  ),
  notificationQueue: scraped(
    'prometheus_notifications_queue_length',
    'gauge',
    'Alerts that wait for Alertmanager',
    ['alertmanager'],
  ),
} as const;
