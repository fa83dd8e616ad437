import { oneOf, optional, upTo } from '../attributes/kinds.ts';
import { counter, histogram, upDownCounter } from '../catalog/definition.ts';

const system = oneOf('redis', 'postgresql', 'mariadb', 'mysql');
const operation = optional(upTo(200));
const namespace = optional(upTo(50));
const pool = { 'db.client.connection.pool.name': upTo(50) };

/**
 * The database client metrics of semantic conventions, for every database that we instrument ourselves.
 *
 * What counts one: a command or statement as the application gave it to the client, and a pipeline or transaction that is
 * sent in one go, whatever its size. Time in the client's own queue is part of the duration. A pool is everybody's: its
 * metrics have no tenant.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/db/database-metrics/
 */
export const dbConventions = {
  operationDuration: histogram('db.client.operation.duration', {
    unit: 's',
    description: 'Duration of database client operations.',
    boundaries: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10],
    attributes: {
      'db.system.name': system,
      'db.operation.name': operation,
      'db.namespace': namespace,
      'server.address': optional(upTo(50)),
      'server.port': optional(upTo(50, 'int')),
      'db.response.status_code': optional(upTo(100)),
      'error.type': optional(upTo(100)),
    },
  }),
  /** Ours: what took longer than `BELLWETHER_SLOW_QUERY`. Commands of Redis that wait by design are left out. */
  slowOperations: counter('db.client.operation.slow', {
    unit: '{operation}',
    description:
      'Database client operations that took longer than BELLWETHER_SLOW_QUERY, by the first table of the statement.',
    attributes: {
      'db.system.name': system,
      'db.operation.name': operation,
      'db.namespace': namespace,
      'db.collection.name': optional(upTo(200)),
    },
  }),
  connectionWait: histogram('db.client.connection.wait_time', {
    unit: 's',
    description: 'The time it took to obtain an open connection from the pool.',
    boundaries: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10],
    attributes: pool,
    tenant: false,
  }),
  connections: upDownCounter('db.client.connection.count', {
    unit: '{connection}',
    description:
      'The number of connections that are currently in state described by the state attribute.',
    attributes: { ...pool, 'db.client.connection.state': oneOf('idle', 'used') },
    tenant: false,
  }),
  pendingRequests: upDownCounter('db.client.connection.pending_requests', {
    unit: '{request}',
    description: 'The number of current pending requests for an open connection.',
    attributes: pool,
    tenant: false,
  }),
  maxConnections: upDownCounter('db.client.connection.max', {
    unit: '{connection}',
    description: 'The maximum number of open connections allowed.',
    attributes: pool,
    tenant: false,
  }),
} as const;
