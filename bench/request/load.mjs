import { connect } from 'node:net';

/**
 * Sends exactly `count` requests over `connections` kept connections of loopback, each when the one before is answered. `path` may be
 * several, which take turns. Rejects at the first answer that is not 200.
 */
export function sendRequests({ port, path, headers = {}, count, connections = 16 }) {
  const lines = Object.entries({
    host: `127.0.0.1:${port}`,
    'user-agent': 'bench/1',
    accept: '*/*',
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  const requests = [path]
    .flat()
    .map((one) => Buffer.from(`GET ${one} HTTP/1.1\r\n${lines.join('')}\r\n`));
  let left = count;
  const client = () =>
    new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      socket.setNoDelay(true);
      let waiting = false;
      const next = () => {
        if (left === 0) {
          socket.destroy();
          resolve();
          return;
        }
        left -= 1;
        waiting = true;
        socket.write(requests[left % requests.length]);
      };
      let pending = '';
      socket.setTimeout(30_000, () => reject(new Error(`No answer of port ${port} in 30 s`)));
      socket.on('connect', next);
      socket.on('error', reject);
      socket.on('close', () => {
        if (waiting) reject(new Error('The connection was closed before the answer'));
      });
      socket.setEncoding('latin1');
      socket.on('data', (text) => {
        pending = pending === '' ? text : pending + text;
        const head = pending.indexOf('\r\n\r\n');
        if (head < 0) return;
        const length = Number(/content-length: (\d+)/i.exec(pending)?.[1]);
        if (pending.length < head + 4 + length) return;
        if (!pending.startsWith('HTTP/1.1 200 '))
          reject(new Error(`Expected 200, got ${pending.slice(0, 40)}`));
        pending = '';
        waiting = false;
        next();
      });
    });
  return Promise.all(Array.from({ length: connections }, client));
}
