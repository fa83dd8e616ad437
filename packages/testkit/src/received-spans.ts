import { type Attributes, toAttributes } from './attributes.ts';
import type { WireSpan, WireTraces } from './otlp-messages.ts';

const kinds = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'] as const;
const statuses = ['unset', 'ok', 'error'] as const;

/** One span as it arrived. Ids are lower-case hexadecimal, times are nanoseconds since 1970. */
export interface ReceivedSpan {
  readonly name: string;
  readonly kind: (typeof kinds)[number];
  readonly traceId: string;
  readonly spanId: string;
  /** `undefined` for a root span. */
  readonly parentSpanId: string | undefined;
  readonly attributes: Attributes;
  readonly status: { readonly code: (typeof statuses)[number]; readonly message: string };
  readonly events: readonly {
    readonly name: string;
    readonly time: bigint;
    readonly attributes: Attributes;
  }[];
  readonly links: readonly {
    readonly traceId: string;
    readonly spanId: string;
    readonly attributes: Attributes;
  }[];
  readonly startTime: bigint;
  readonly endTime: bigint;
  readonly scope: { readonly name: string; readonly version: string };
  readonly resource: Attributes;
}

/** All spans of one export, in the order in which they were sent. */
export function receivedSpans(request: WireTraces): ReceivedSpan[] {
  return request.resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const resourceAttributes = toAttributes(resource?.attributes);
    return scopeSpans.flatMap(({ scope, spans }) =>
      spans.map((span) => ({
        ...toSpan(span),
        scope: { name: scope?.name ?? '', version: scope?.version ?? '' },
        resource: resourceAttributes,
      })),
    );
  });
}

function toSpan(span: WireSpan): Omit<ReceivedSpan, 'scope' | 'resource'> {
  return {
    name: span.name,
    kind: kinds[span.kind] ?? 'unspecified',
    traceId: toHex(span.traceId),
    spanId: toHex(span.spanId),
    parentSpanId: toHex(span.parentSpanId) || undefined,
    attributes: toAttributes(span.attributes),
    status: {
      code: statuses[span.status?.code ?? 0] ?? 'unset',
      message: span.status?.message ?? '',
    },
    events: span.events.map((event) => ({
      name: event.name,
      time: event.timeUnixNano,
      attributes: toAttributes(event.attributes),
    })),
    links: span.links.map((link) => ({
      traceId: toHex(link.traceId),
      spanId: toHex(link.spanId),
      attributes: toAttributes(link.attributes),
    })),
    startTime: span.startTimeUnixNano,
    endTime: span.endTimeUnixNano,
  };
}

export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
