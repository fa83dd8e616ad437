import {
  type HistogramBuckets,
  lifetimeTenantLabel,
  requestStoreOf,
  TENANT_ATTRIBUTE,
} from '@bellwether/meters/runtime';
import type { Attributes, Context } from '@opentelemetry/api';
import {
  AggregationType,
  type IAttributesProcessor,
  InstrumentType,
  type ViewOptions,
} from '@opentelemetry/sdk-metrics';

/**
 * Series of one instrument at most, before the overflow series takes the rest. Room for the default tenant budget times
 * a handful of other attributes.
 */
const CARDINALITY_LIMIT = 10_000;

/**
 * Adds the tenant of the request to every synchronous instrument that records through the SDK, such as those of upstream
 * instrumentations. Observable instruments have no request and stay as they are.
 *
 * One view for each instrument: the SDK keeps only the first of two, and asks no reader for the aggregation where there is one.
 */
export function tenantViews(buckets: HistogramBuckets): ViewOptions[] {
  const view = {
    attributesProcessors: [addTenant],
    aggregationCardinalityLimit: CARDINALITY_LIMIT,
  };
  if (buckets === 'explicit') return [{ ...view, instrumentName: '*' }];
  return Object.values(InstrumentType).map((instrumentType) => ({
    ...view,
    instrumentType,
    ...(instrumentType === InstrumentType.HISTOGRAM && {
      aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM },
    }),
  }));
}

const addTenant: IAttributesProcessor = {
  process(attributes: Attributes, context?: Context): Attributes {
    if (context === undefined || TENANT_ATTRIBUTE in attributes) return attributes;
    const tenant = lifetimeTenantLabel(requestStoreOf(context));
    return tenant === undefined ? attributes : { ...attributes, [TENANT_ATTRIBUTE]: tenant };
  },
};
