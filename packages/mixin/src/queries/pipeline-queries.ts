import { alertmanagerServer } from '../metrics/alertmanager-server.ts';
import { catalogMetric } from '../metrics/catalog-metric.ts';
import { collector } from '../metrics/collector.ts';
import type { Metric } from '../metrics/metric.ts';
import { runtime } from '../metrics/node-runtime.ts';
import { prometheusServer } from '../metrics/prometheus-server.ts';
import type { ResolvedSpec } from '../monitoring-spec.ts';
import { increase, rate, select, sumBy } from '../query/promql.ts';
import type { QueryScope } from '../query/query-scope.ts';
import { SERVER, SERVICE } from '../query/service-labels.ts';

/** Events a second of a counter that a server keeps about itself. */
const perSecond =
  (metric: Metric, matchers: readonly string[] = []) =>
  (scope: QueryScope, by: readonly string[] = []): string =>
    sumBy(by, rate(metric, scope, matchers));

/**
 * What a counter counted in the window, also when it appeared only then: servers show some counters after their first event
 * only, and that first one may be all that there is. A gap of up to an hour in what is known of it is no appearance.
 */
function countedAnew(metric: Metric, scope: QueryScope, matchers: readonly string[] = []): string {
  const selector = select(metric, scope, matchers);
  return `(${selector} unless present_over_time(${selector}[1h] offset ${scope.window})) or increase(${selector}[${scope.window}])`;
}

/** Metric points a second that the Collector took, turned away, lost inside, handed over, or could not hand over. */
export const pointsAccepted = perSecond(collector.acceptedPoints);
export const pointsRefused = perSecond(collector.refusedPoints);
export const pointsFailed = perSecond(collector.failedPoints);
export const pointsSent = perSecond(collector.sentPoints);
export const pointsSendFailed = perSecond(collector.sendFailedPoints);
export const pointsEnqueueFailed = perSecond(collector.enqueueFailedPoints);
/**
 * Points a second dropped because Prometheus would refuse them. By `filter` if asked. Filters that share senders out among gateways
 * (collector/agent.yaml) drop at one exporter what goes out by another: nothing is lost there.
 */
export const pointsFiltered = perSecond(collector.filteredPoints, ['filter!~"filter/gateway.*"']);
export const spansAccepted = perSecond(collector.acceptedSpans);

/** Points that wait on the Collector's disk, and room for them. */
export const queueSize = (
  scope: QueryScope,
  by: readonly string[] = [],
  matchers: readonly string[] = [],
): string => sumBy(by, select(collector.queueSize, scope, matchers));
export const queueCapacity = (
  scope: QueryScope,
  by: readonly string[] = [],
  matchers: readonly string[] = [],
): string => sumBy(by, select(collector.queueCapacity, scope, matchers));
/** What tells queues apart: an exporter has one for each kind of data, and a full one of metrics is not helped by an empty one of logs. */
export const QUEUE = [...SERVER, 'exporter', 'data_type'] as const;
/** Share of each queue that is taken, 0 to 1. */
export const queueUsed = (scope: QueryScope, matchers: readonly string[] = []): string =>
  `${queueSize(scope, QUEUE, matchers)} / ${queueCapacity(scope, QUEUE, matchers)}`;

export const collectorMemory = (scope: QueryScope, by: readonly string[] = []): string =>
  sumBy(by, select(collector.memory, scope));
export const collectorCpu = perSecond(collector.cpu);

/** Points that the Collector lost for good in the window, because they were refused or the queue was full. */
export const pointsLost = (scope: QueryScope, by: readonly string[] = []): string =>
  [collector.sendFailedPoints, collector.enqueueFailedPoints]
    .map((metric) => `${sumBy(by, countedAnew(metric, scope))} > 0`)
    .join(' or ');

const OTLP = 'handler=~"/api/v1/otlp.*"';
/** Answers a second of Prometheus' OTLP endpoint. By `code` if asked. */
export const otlpAnswers = perSecond(prometheusServer.httpRequests, [OTLP]);
/** Those that are not 2xx: each a whole batch that was not stored. */
export const otlpRejections = perSecond(prometheusServer.httpRequests, [OTLP, 'code!~"2.."']);

/** Batches that Prometheus refused for good in the window. The Collector sends what gets 429, 502, 503 or 504 again. */
export const otlpRejectedRequests = (scope: QueryScope, by: readonly string[] = []): string =>
  sumBy(
    by,
    countedAnew(prometheusServer.httpRequests, scope, [OTLP, 'code!~"2..|429|502|503|504"']),
  );

/** Batches that Prometheus put off in the window of the scope. `offset` is how long ago. */
export const otlpPutOff = (scope: QueryScope, by: readonly string[] = [], offset = ''): string =>
  sumBy(
    by,
    increase(prometheusServer.httpRequests, scope, [OTLP, 'code=~"429|502|503|504"'], offset),
  );

export const headSeries = (scope: QueryScope, by: readonly string[] = []): string =>
  sumBy(by, select(prometheusServer.headSeries, scope));
/** Samples a second that Prometheus stored. */
export const samplesAppended = perSecond(prometheusServer.samplesAppended);
export const samplesTooOld = perSecond(prometheusServer.samplesTooOld);
export const samplesOutOfBounds = perSecond(prometheusServer.samplesOutOfBounds);
export const blocksBytes = (scope: QueryScope, by: readonly string[] = []): string =>
  sumBy(by, select(prometheusServer.blocksBytes, scope));

export const ruleEvaluations = perSecond(prometheusServer.ruleEvaluations);
export const ruleFailures = perSecond(prometheusServer.ruleFailures);
export const ruleIterationsMissed = perSecond(prometheusServer.ruleIterationsMissed);
/** Time that a rule group takes as a share of its interval: at 1 evaluations are left out. */
export const ruleGroupLoad = (scope: QueryScope, by: readonly string[] = ['rule_group']): string =>
  `max by (${by.join(', ')}) (${select(prometheusServer.ruleGroupDuration, scope)} / ${select(prometheusServer.ruleGroupInterval, scope)})`;

/** Alerts a second from Prometheus to Alertmanager, and those that did not arrive. */
export const alertsSent = perSecond(prometheusServer.notificationsSent);
export const alertsNotTaken = perSecond(prometheusServer.notificationErrors);
/** Notifications a second from Alertmanager to its receivers, and those it gave up. By `integration` if asked. */
export const notificationsTried = perSecond(alertmanagerServer.notifications);
export const notificationsGivenUp = perSecond(alertmanagerServer.notificationsFailed);
/** Share of the notifications of Alertmanager that were given up, 0 to 1. */
export const notificationFailureRatio = (scope: QueryScope, by: readonly string[] = []): string =>
  `${notificationsGivenUp(scope, by)} / (${notificationsTried(scope, by)} > 0)`;
/** Age of the oldest notification in the outbox. Every replica says the same of all. Undefined without such a service. */
export function notificationsWaitingSeconds(
  spec: Pick<ResolvedSpec, 'catalogs'>,
  scope: QueryScope,
  by: readonly string[],
): string | undefined {
  const metric = catalogMetric(spec, 'notifications.pending.age');
  return metric && `max by (${by.join(', ')}) (${select(metric, scope)})`;
}
/** Alerts that Alertmanager holds. By `state` if asked. */
export const alertsHeld = (scope: QueryScope, by: readonly string[] = []): string =>
  sumBy(by, select(alertmanagerServer.alerts, scope));

/**
 * Services none of whose replicas has sent anything for five minutes, although they were there in every five-minute step of some
 * half an hour of the last three hours: a job that ends is no silence, however often it comes back.
 * The SDK sends no staleness and `up` knows scraped targets only, so presence is all there is to go by.
 */
export function serviceSilent({ time }: Pick<ResolvedSpec, 'time'>): string {
  const by = SERVICE.join(', ');
  const { name } = runtime.uptime;
  const steps = `count_over_time((count by (${by}) (${name}))[${time('30m')}:${time('5m')}])`;
  const lasted = `max_over_time((${steps})[${time('3h')}:${time('5m')}]) >= 6`;
  return `${lasted} unless count by (${by}) (present_over_time(${name}[${time('5m')}]))`;
}
