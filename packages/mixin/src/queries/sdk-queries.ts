import type { Metric } from '../metrics/metric.ts';
import { sdk } from '../metrics/sdk-metrics.ts';
import { mean, rate, select, sumBy } from '../query/promql.ts';
import type { QueryScope } from '../query/query-scope.ts';

/** Also matches series that have no such label. */
const WELL = ['error_type=""'];

const ended =
  (metric: Metric) =>
  (scope: QueryScope, by: readonly string[] = []): string =>
    sumBy(by, rate(metric, scope));
const arrived =
  (metric: Metric) =>
  (scope: QueryScope, by: readonly string[] = []): string =>
    sumBy(by, rate(metric, scope, WELL));
/** There from the start and zero while nothing fails: the series of a failure begins with it. */
const failed =
  (metric: Metric) =>
  (scope: QueryScope, by: readonly string[] = []): string =>
    `${ended(metric)(scope, by)} - ${arrived(metric)(scope, by)}`;
const failedRatio =
  (metric: Metric) =>
  (scope: QueryScope, by: readonly string[] = []): string =>
    `1 - ${arrived(metric)(scope, by)} / (${ended(metric)(scope, by)} > 0)`;

/** What SDKs sent in a second and a Collector took. */
export const sdkSpansArrived = arrived(sdk.spansExported);
export const sdkPointsArrived = arrived(sdk.pointsExported);
/** What they sent in a second that did not arrive. */
export const sdkSpansFailed = failed(sdk.spansExported);
export const sdkPointsFailed = failed(sdk.pointsExported);
/** The share of it, 0 to 1. */
export const sdkSpansFailedRatio = failedRatio(sdk.spansExported);
export const sdkPointsFailedRatio = failedRatio(sdk.pointsExported);

/** Spans a second for which a queue had no room, or that could not be written. */
export const sdkSpansDropped = (scope: QueryScope, by: readonly string[] = []): string =>
  sumBy(by, rate(sdk.spansProcessed, scope, ['error_type!=""']));

/** Share of the queue of spans that is taken, 0 to 1, as it is when metrics leave. */
export const sdkQueueUsed = (scope: QueryScope, by: readonly string[] = []): string =>
  `${sumBy(by, select(sdk.spanQueueSize, scope))} / ${sumBy(by, select(sdk.spanQueueCapacity, scope))}`;

/** Mean seconds of an export, and of a collection. */
export const sdkExportSeconds = (scope: QueryScope, by: readonly string[] = []): string =>
  mean(sdk.exportDuration, scope, { by });
export const sdkCollectionSeconds = (scope: QueryScope, by: readonly string[] = []): string =>
  mean(sdk.collectionDuration, scope, { by });
