import type { WebSocket } from 'ws';
import { meters } from './meters.ts';

/** Who hears whom: everybody in the room of the same tenant. */
export interface Rooms {
  /** Lets a socket in; it leaves when it closes. */
  join(tenant: string, socket: WebSocket): void;
  /** Returns to how many it was sent. */
  say(tenant: string, text: string): number;
  /** Says goodbye to all. */
  close(): void;
}

/** Milliseconds in which a client may answer the goodbye. */
const politeMs = 2_000;

/** Bytes that may wait for a client that does not read; who falls further behind is cut off. */
const mostBuffered = 1_048_576;

export function createRooms(): Rooms {
  const rooms = new Map<string, Set<WebSocket>>();
  return {
    join: (tenant, socket) => {
      const room = rooms.get(tenant) ?? new Set();
      rooms.set(tenant, room.add(socket));
      meters.socketsOpened.add(1);
      meters.socketsOpen.add(1);
      socket.once('close', () => {
        meters.socketsOpen.add(-1);
        room.delete(socket);
        if (room.size === 0) rooms.delete(tenant);
      });
    },
    say: (tenant, text) => {
      let sent = 0;
      for (const socket of rooms.get(tenant) ?? []) {
        if (socket.readyState !== socket.OPEN) continue;
        if (socket.bufferedAmount > mostBuffered) {
          meters.messages.add(1, { direction: 'sent', outcome: 'failed' });
          socket.terminate();
          continue;
        }
        socket.send(text);
        sent += 1;
      }
      if (sent > 0) meters.messages.add(sent, { direction: 'sent', outcome: 'succeeded' });
      return sent;
    },
    close: () => {
      const open = [...rooms.values()].flatMap((room) => [...room]);
      for (const socket of open) socket.close(1001);
      setTimeout(() => {
        for (const socket of open) socket.terminate();
      }, politeMs).unref();
    },
  };
}
