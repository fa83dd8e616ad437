import { type RequestStore, requestStoreOf, TENANT_ATTRIBUTE } from '@bellwether/meters/runtime';
import type { SpanProcessor } from '@opentelemetry/sdk-trace';

type Span = Parameters<SpanProcessor['onStart']>[0];

/**
 * Puts `tenant.id` on every span of a request or job. The tenant is often named after the span began, by the middleware that
 * authenticates: what counts is the tenant when the span ends. Register it before the processor that exports.
 */
export function tenantSpanProcessor(): SpanProcessor {
  const stores = new WeakMap<Span, RequestStore>();
  return {
    onStart: (span, parentContext) => {
      const store = requestStoreOf(parentContext);
      if (store === undefined) return;
      if (store.tenant !== undefined) span.setAttribute(TENANT_ATTRIBUTE, store.tenant.id);
      stores.set(span, store);
    },
    onEnding: (span) => {
      const tenant = stores.get(span)?.tenant?.id;
      if (tenant !== undefined && span.attributes[TENANT_ATTRIBUTE] !== tenant) {
        span.setAttribute(TENANT_ATTRIBUTE, tenant);
      }
    },
    onEnd: () => {},
    forceFlush: async () => {},
    shutdown: async () => {},
  };
}
