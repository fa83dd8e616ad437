import { type RequestStore, requestStoreOf, TENANT_ATTRIBUTE } from '@bellwether/meters/runtime';
import {
  type Context,
  context,
  type Logger,
  type LoggerProvider,
  type LogRecord,
  type Span,
  type SpanOptions,
  type Tracer,
  type TracerProvider,
  trace,
} from '@opentelemetry/api';

/** The same provider, whose spans carry the tenant that is known when they end. For providers that take no processor of ours. */
export function tracerProviderWithTenant(inner: TracerProvider): TracerProvider {
  return {
    getTracer: (...which) => tracerWithTenant(inner.getTracer(...which)),
  };
}

function tracerWithTenant(inner: Tracer): Tracer {
  const startSpan = (name: string, options?: SpanOptions, parent: Context = context.active()) => {
    const span = inner.startSpan(name, options, parent);
    const store = requestStoreOf(parent);
    return store === undefined ? span : endingWithTenant(span, store);
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

function endingWithTenant(span: Span, store: RequestStore): Span {
  const end = span.end;
  span.end = function endWithTenant(endTime) {
    if (store.tenant !== undefined) span.setAttribute(TENANT_ATTRIBUTE, store.tenant.id);
    end.call(span, endTime);
  };
  return span;
}

/** The same provider, whose log records carry the tenant and went through `read`. */
export function loggerProviderWithTenant(
  inner: LoggerProvider,
  read: (record: LogRecord) => LogRecord,
): LoggerProvider {
  return { getLogger: (...which) => loggerWithTenant(inner.getLogger(...which), read) };
}

function loggerWithTenant(inner: Logger, read: (record: LogRecord) => LogRecord): Logger {
  return {
    enabled: (options) => inner.enabled(options),
    emit: (written) => {
      if (!inner.enabled(written)) return;
      const record = read(written);
      const tenant = requestStoreOf(record.context ?? context.active())?.tenant;
      if (tenant === undefined) return inner.emit(record);
      const attributes = { ...record.attributes, [TENANT_ATTRIBUTE]: tenant.id };
      return inner.emit({ ...record, attributes });
    },
  };
}
