import { diag } from '@opentelemetry/api';

/** How much one span may hold. */
export interface SpanLimits {
  readonly attributeCountLimit: number;
  readonly attributeValueLengthLimit: number;
  readonly eventCountLimit: number;
  readonly linkCountLimit: number;
  readonly attributePerEventCountLimit: number;
  readonly attributePerLinkCountLimit: number;
}

/** All limits, with upstream's defaults: 128 of each, and values of any length. */
export function withDefaults(limits: Partial<SpanLimits>): SpanLimits {
  let attributeValueLengthLimit = limits.attributeValueLengthLimit ?? Number.POSITIVE_INFINITY;
  if (attributeValueLengthLimit <= 0) {
    diag.warn(
      `Invalid attributeValueLengthLimit: must be positive, got ${attributeValueLengthLimit} (ignoring)`,
    );
    attributeValueLengthLimit = Number.POSITIVE_INFINITY;
  }
  return {
    attributeCountLimit: limits.attributeCountLimit ?? 128,
    attributeValueLengthLimit,
    eventCountLimit: limits.eventCountLimit ?? 128,
    linkCountLimit: limits.linkCountLimit ?? 128,
    attributePerEventCountLimit: limits.attributePerEventCountLimit ?? 128,
    attributePerLinkCountLimit: limits.attributePerLinkCountLimit ?? 128,
  };
}
