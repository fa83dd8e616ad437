import { oneOf, upTo } from '../attributes/kinds.ts';
import { counter, histogram } from '../catalog/definition.ts';

const cacheName = upTo(30);

/** Whether a cache earns its keep. `cache` names what is cached (`products`), never a key. */
export const cache = {
  lookups: counter('cache.lookups', {
    unit: '{lookup}',
    description: 'Reads of a cache, by result',
    attributes: { cache: cacheName, result: oneOf('hit', 'miss', 'error') },
  }),
  operationDuration: histogram('cache.operation.duration', {
    unit: 's',
    description: 'Time of one operation of a cache',
    boundaries: [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1],
    attributes: { cache: cacheName, operation: oneOf('get', 'set', 'delete', 'clear') },
  }),
  evictions: counter('cache.evictions', {
    unit: '{entry}',
    description: 'Entries dropped, by reason',
    attributes: { cache: cacheName, reason: oneOf('expired', 'invalidated', 'capacity') },
  }),
} as const;
