import {
  type Attributes,
  type Context,
  context,
  type Span,
  type SpanOptions,
  SpanStatusCode,
  type Tracer,
  type TracerProvider,
  trace,
} from '@opentelemetry/api';
import { redactedAttributes, redactedName } from './attributes.ts';
import { type ToldError, toldError } from './exception.ts';
import type { QueryRedactor } from './query.ts';

/** What the operator allows, as `HttpCapture` has it. */
export interface Redaction {
  readonly query: QueryRedactor;
  /** Whether the words of errors are shown. */
  readonly errorMessages: boolean;
}

/**
 * The provider that instrumentations of upstream get: what they put on spans passes here. Each has options of its own for what it shows, some show
 * statements with their values whatever one says, and all record the words of errors.
 */
export function withoutValues(inner: TracerProvider, redaction: Redaction): TracerProvider {
  return { getTracer: (...which) => tracerWithoutValues(inner.getTracer(...which), redaction) };
}

function tracerWithoutValues(inner: Tracer, redaction: Redaction): Tracer {
  const startSpan = (name: string, options: SpanOptions = {}, parent?: Context) => {
    const { attributes = {} } = options;
    const redacted = redactedAttributes(attributes, redaction.query);
    const span = inner.startSpan(
      redactedName(name, attributes),
      redacted === attributes ? options : { ...options, attributes: redacted },
      parent,
    );
    return span.isRecording() ? guarded(span, redaction) : span;
  };
  const startActiveSpan = (name: string, ...rest: unknown[]) => {
    const run = rest.at(-1) as (span: Span) => unknown;
    const options = rest.length > 1 ? (rest[0] as SpanOptions) : undefined;
    const parent = rest.length > 2 ? (rest[1] as Context) : context.active();
    const span = startSpan(name, options, parent);
    return context.with(trace.setSpan(parent, span), run, undefined, span);
  };
  return { startSpan, startActiveSpan: startActiveSpan as Tracer['startActiveSpan'] };
}

/** The same span, whose methods let nothing through that must not leave. */
function guarded(span: Span, { query, errorMessages }: Redaction): Span {
  const { setAttribute, addEvent, setStatus, recordException } = span;
  /** Set in pieces, a statement comes without the system that it is for. */
  const known: Attributes = {};
  const set = (attributes: Attributes) => {
    Object.assign(known, attributes);
    for (const [key, value] of Object.entries(attributes)) {
      const left = redactedAttributes({ ...known, [key]: value }, query)[key];
      if (left !== undefined) setAttribute.call(span, key, left);
    }
    return span;
  };
  span.setAttribute = (key, value) => set({ [key]: value });
  span.setAttributes = set;
  span.addEvent = (name, attributes, time) => {
    const isTime = typeof attributes !== 'object' || attributes instanceof Date;
    const redacted =
      isTime || Array.isArray(attributes)
        ? attributes
        : redactedAttributes(attributes as Attributes, query);
    return addEvent.call(span, name, redacted, time);
  };
  let told: ToldError | undefined;
  span.recordException = (exception, time) => {
    told = toldError(exception, errorMessages);
    // The original method calls `addEvent`, which must not take away what was told.
    const redacting = span.addEvent;
    span.addEvent = addEvent;
    recordException.call(span, told.exception, time);
    span.addEvent = redacting;
  };
  span.setStatus = ({ code, message }) => {
    const isTold = code !== SpanStatusCode.ERROR || message === told?.message || errorMessages;
    return setStatus.call(span, message === undefined || !isTold ? { code } : { code, message });
  };
  return span;
}
