import { requestStoreOf, TENANT_ATTRIBUTE } from '@bellwether/meters/runtime';
import { context as contextApi } from '@opentelemetry/api';
import type { LogRecordProcessor } from '@opentelemetry/sdk-logs';

/** Puts `tenant.id` on every log record that is emitted in a request or job whose tenant is known. Register it before the processor that exports. */
export function tenantLogProcessor(): LogRecordProcessor {
  return {
    onEmit: (logRecord, context = contextApi.active()) => {
      const tenant = requestStoreOf(context)?.tenant;
      if (tenant !== undefined) logRecord.setAttribute(TENANT_ATTRIBUTE, tenant.id);
    },
    forceFlush: async () => {},
    shutdown: async () => {},
  };
}
