import { connect, createServer } from 'node:net';

/** A TCP way to a port on loopback that can be shut and opened again: what a network that is down looks like. It begins shut. */
export async function createGate() {
  const sockets = new Set();
  let open = false;
  let port;
  const server = createServer((incoming) => {
    if (!open) return void incoming.destroy();
    const outgoing = connect(port, '127.0.0.1');
    for (const [from, to] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ]) {
      sockets.add(from);
      from.pipe(to);
      from.once('error', () => to.destroy());
      from.once('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: server.address().port,
    shut() {
      open = false;
      cut();
    },
    open(to = port) {
      port = to;
      open = true;
    },
    close() {
      cut();
      server.close();
    },
  };
}
