import { type Attributes, type AttributeValue, toAttributes, toValue } from './attributes.ts';
import type { WireLogs } from './otlp-messages.ts';
import { toHex } from './received-spans.ts';

/** One log record as it arrived. Times are nanoseconds since 1970. */
export interface ReceivedLog {
  readonly body: AttributeValue;
  readonly severityNumber: number;
  readonly severityText: string;
  readonly eventName: string;
  readonly attributes: Attributes;
  readonly traceId: string | undefined;
  readonly spanId: string | undefined;
  readonly time: bigint;
  readonly observedTime: bigint;
  readonly scope: { readonly name: string; readonly version: string };
  readonly resource: Attributes;
}

/** All log records of one export, in the order in which they were sent. */
export function receivedLogs(request: WireLogs): ReceivedLog[] {
  return request.resourceLogs.flatMap(({ resource, scopeLogs }) => {
    const resourceAttributes = toAttributes(resource?.attributes);
    return scopeLogs.flatMap(({ scope, logRecords }) =>
      logRecords.map((record) => ({
        body: toValue(record.body),
        severityNumber: record.severityNumber,
        severityText: record.severityText,
        eventName: record.eventName,
        attributes: toAttributes(record.attributes),
        traceId: toHex(record.traceId) || undefined,
        spanId: toHex(record.spanId) || undefined,
        time: record.timeUnixNano,
        observedTime: record.observedTimeUnixNano,
        scope: { name: scope?.name ?? '', version: scope?.version ?? '' },
        resource: resourceAttributes,
      })),
    );
  });
}
