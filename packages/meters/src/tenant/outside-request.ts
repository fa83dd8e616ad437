import { diag } from '@opentelemetry/api';

const said = new Set<string>();

/** Says, once for each function, that there was no request for it to change. */
export function sayOutside(name: 'setTenant' | 'setRoute'): false {
  if (!said.has(name)) {
    said.add(name);
    diag.warn(
      `${name} was called outside of any request and changed nothing; call it in a request that the SDK measures, or name the tenant of a job by runWithTenant. Said once.`,
    );
  }
  return false;
}
