import type { RedisServer } from './redis-operation.ts';

/** What the clients of node-redis 4 and 5 have in common. */
export interface RedisClient {
  readonly options?: {
    readonly socket?: { readonly host?: string; readonly port?: number; readonly path?: string };
    readonly database?: number;
  };
  /** Of node-redis 5: the client behind this view of it. */
  readonly _self?: RedisClient;
}

/** A command of a batch. */
export interface QueuedCommand {
  readonly args: readonly unknown[];
}

/** Databases that clients were switched to; until then it is that of the options. */
const selected = new WeakMap<object, number>();

/** Where a client is connected to. */
export function redisServerOf(client: RedisClient): RedisServer {
  const { socket, database = 0 } = client.options ?? {};
  const at = { database: selected.get(client._self ?? client) ?? database };
  return socket?.path === undefined
    ? { ...at, address: socket?.host ?? 'localhost', port: socket?.port ?? 6379 }
    : { ...at, address: socket.path, port: undefined };
}

/** Takes note of a SELECT that went well. */
export function noteSelect(client: RedisClient, database: number): void {
  selected.set(client._self ?? client, database);
}
