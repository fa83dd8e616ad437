import type { BoundCounter } from '@bellwether/meters';
import type { Attributes } from '@opentelemetry/api';
import type { DbOperation } from './db-call-kind.ts';
import { dbMeters } from './db-meters.ts';
import { sqlCollection, sqlFingerprint } from './db-sql-fingerprint.ts';

/** Commands of Redis that wait as long as they were told to. */
const waitsByDesign = /^(?:B.+POP|BLMOVE$|XREAD|WAIT)/;

/** What slow calls of one kind are counted as, and what their spans say beside. */
export interface SlowCall {
  readonly counter: BoundCounter;
  readonly attributes: Attributes;
}

/** `undefined` for a call that is slow because it was asked to wait. */
export function slowCall({ system, name, namespace, text }: DbOperation): SlowCall | undefined {
  const isRedis = system === 'redis';
  if (isRedis && name !== undefined && waitsByDesign.test(name)) return undefined;
  const shown = text?.();
  const collection = isRedis || shown === undefined ? undefined : sqlCollection(shown);
  const counter = dbMeters.slowOperations.bind({
    'db.system.name': system,
    'db.operation.name': name,
    'db.namespace': namespace,
    'db.collection.name': collection,
  });
  const attributes: Attributes = { 'bellwether.db.slow': true };
  if (shown !== undefined) attributes['bellwether.db.fingerprint'] = sqlFingerprint(shown);
  if (collection !== undefined) attributes['db.collection.name'] = collection;
  return { counter, attributes };
}
