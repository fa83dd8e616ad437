/** The same constants colour panels and fire alerts. Ratios are 0 to 1. */
export const pipelineThresholds = {
  /** Share of the Collector's queue that is taken. */
  queueUsed: { warning: 0.6, critical: 0.9 },
  /** Share of what an SDK sent that did not arrive. */
  sdkFailed: { warning: 0.05 },
  /** Share of the queue of an SDK that is taken. */
  sdkQueueUsed: { warning: 0.8 },
  /** Spans that an SDK dropped in a second. */
  sdkDropped: { warning: 0 },
  /** Metric points that the Collector turned away, lost or dropped, in a second: none is right. */
  pointsLost: { warning: 0 },
  /** Answers of Prometheus' OTLP endpoint other than 2xx, in a second: each is a batch of up to 2,000 points. */
  otlpRejected: { warning: 0 },
  /** Time that a rule group takes as a share of its interval. */
  ruleGroupLoad: { warning: 0.8 },
  /** Share of notifications that an integration of Alertmanager gave up, over 15 minutes. */
  notificationFailureRatio: { warning: 0.01 },
  /** Seconds that the oldest notification of the outbox waits. */
  notificationsWaiting: { warning: 300 },
} as const;
