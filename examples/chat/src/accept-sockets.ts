import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { ask } from '@bellwether/example-service';
import { currentTenant, setTenant } from '@bellwether/meters';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { meters } from './meters.ts';
import type { Rooms } from './rooms.ts';
import type { settings as Settings } from './settings.ts';

/** Bytes of one message. */
const longestMessage = 4_096;

/**
 * Takes WebSockets at `/chat` of whoever shows the token of a customer as `Authorization: Bearer`. The tenant is named here, once; for all
 * that is said on the socket later it is the current one.
 */
export function acceptSockets(server: Server, rooms: Rooms, settings: typeof Settings): void {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: longestMessage });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    if (request.url !== '/chat') return refuse(socket, '404 Not Found');
    tenantOf(request, settings).then(
      (tenant) => {
        if (tenant === undefined) refuse(socket, '401 Unauthorized');
        else {
          setTenant(tenant);
          sockets.handleUpgrade(request, socket, head, (opened) => welcome(opened, tenant, rooms));
        }
      },
      () => refuse(socket, '503 Service Unavailable'),
    );
  });
}

function welcome(socket: WebSocket, tenant: string, rooms: Rooms): void {
  rooms.join(tenant, socket);
  socket.on('error', () => socket.terminate());
  socket.on('message', (data, isBinary) => {
    const said = isBinary ? undefined : textOf(data);
    const outcome = said === undefined ? 'rejected' : 'succeeded';
    meters.messages.add(1, { direction: 'received', outcome });
    // Not the `tenant` from above: this shows that the socket still knows it.
    const room = currentTenant();
    if (said !== undefined && room !== undefined) rooms.say(room, said);
  });
}

async function tenantOf(
  request: IncomingMessage,
  { AUTH_URL, SERVICE_TOKEN }: typeof Settings,
): Promise<string | undefined> {
  const token = /^Bearer (\S{1,200})$/i.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined) return undefined;
  const { status, body } = await ask(AUTH_URL, '/introspect', {
    method: 'POST',
    headers: { 'x-service-token': SERVICE_TOKEN },
    body: { token },
  });
  if (status >= 500) throw new Error(`Expected the auth service to answer, got ${status}`);
  return typeof body.tenant === 'string' ? body.tenant : undefined;
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function textOf(data: RawData): string | undefined {
  const text = data.toString();
  return text.length > 0 && text.length <= 1_000 ? text : undefined;
}
