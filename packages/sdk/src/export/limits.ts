import type { LogRecordLimits } from '@opentelemetry/sdk-logs';
import type { SpanLimits } from '@opentelemetry/sdk-trace';
import type { StandardSettings } from '../config/read-standard.ts';

/** How much one span may hold. */
export function spanLimits(settings: StandardSettings): SpanLimits {
  return defined({
    attributeCountLimit: number(settings, 'SPAN_ATTRIBUTE_COUNT', 'ATTRIBUTE_COUNT'),
    attributeValueLengthLimit: number(
      settings,
      'SPAN_ATTRIBUTE_VALUE_LENGTH',
      'ATTRIBUTE_VALUE_LENGTH',
    ),
    eventCountLimit: number(settings, 'SPAN_EVENT_COUNT'),
    linkCountLimit: number(settings, 'SPAN_LINK_COUNT'),
    attributePerEventCountLimit: number(settings, 'SPAN_ATTRIBUTE_PER_EVENT_COUNT'),
    attributePerLinkCountLimit: number(settings, 'SPAN_ATTRIBUTE_PER_LINK_COUNT'),
  });
}

/** How much one log record may hold. */
export function logRecordLimits(settings: StandardSettings): LogRecordLimits {
  return defined({
    attributeCountLimit: number(settings, 'LOGRECORD_ATTRIBUTE_COUNT', 'ATTRIBUTE_COUNT'),
    attributeValueLengthLimit: number(
      settings,
      'LOGRECORD_ATTRIBUTE_VALUE_LENGTH',
      'ATTRIBUTE_VALUE_LENGTH',
    ),
  });
}

function number(settings: StandardSettings, ...names: string[]): number | undefined {
  const text = names.map((name) => settings.get(`OTEL_${name}_LIMIT`)).find((value) => value);
  return text === undefined ? undefined : Number(text);
}

function defined<T extends object>(values: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;
}
