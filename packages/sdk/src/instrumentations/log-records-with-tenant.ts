import { currentTenant } from '@bellwether/meters';
import { TENANT_ATTRIBUTE } from '@bellwether/meters/runtime';

type Method = (...args: unknown[]) => unknown;

/** The methods by which upstream gives the records of a logger their ids, and what each returns. */
const SEAMS: Readonly<
  Record<string, readonly [method: string, extend: (original: Method) => Method]>
> = {
  // A function that makes the fields of a line.
  pino: [
    '_getMixinFunction',
    (original) =>
      (...args) => {
        const mixin = original(...args) as Method;
        return (...call: unknown[]) => ({ ...(mixin(...call) as object), ...tenantField() });
      },
  ],
  // The record itself. What the application named stays.
  winston: [
    '_handleLogCorrelation',
    (original) =>
      (record, ...rest) => {
        Object.assign(record as object, { ...tenantField(), ...(record as object) });
        return original(record, ...rest);
      },
  ],
};

/**
 * Lets the records of pino and winston carry `tenant.id` where upstream puts `trace_id` and `span_id`, also where there is no span. Upstream's own
 * hook is called in a span only.
 */
export function logRecordsWithTenant(name: string, instrumentation: object): void {
  const [method, extend] = SEAMS[name] ?? [];
  if (method === undefined || extend === undefined) return;
  const methods = instrumentation as Record<string, unknown>;
  const original = methods[method];
  if (typeof original !== 'function') throw new Error(`no ${method} in instrumentation-${name}`);
  methods[method] = extend((...args) => Reflect.apply(original, instrumentation, args));
}

function tenantField(): Readonly<Record<string, string>> | undefined {
  const tenant = currentTenant();
  return tenant === undefined ? undefined : { [TENANT_ATTRIBUTE]: tenant };
}
