import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** When the connection breaks: before PostgreSQL hears of COMMIT, or after it has committed and before its answer arrives. */
export type Cut = 'before' | 'after' | undefined;

/** Stands between a client and PostgreSQL and breaks one connection at its next COMMIT. */
export async function startCommitCutter(databaseUrl: string) {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let cut: Cut;
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined).once('close', () => sockets.delete(socket));
    }
    const breakNow = () => {
      client.destroy();
      upstream.end();
    };
    let muted = false;
    client.on('data', (data) => {
      const now = data.includes('COMMIT') ? cut : undefined;
      if (now !== undefined) cut = undefined;
      if (now === 'before') {
        breakNow();
        return;
      }
      if (now === 'after') muted = true;
      upstream.write(data);
    });
    upstream.on('data', (data) => {
      if (muted) breakNow();
      else client.write(data);
    });
    client.once('close', () => upstream.end());
    upstream.once('close', () => client.end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(databaseUrl);
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    cutNext: (next: Cut) => {
      cut = next;
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
