// Sends exactly `count` requests over `connections` kept connections of loopback, each when the one before is answered.
import { connect } from 'node:net';

export function sendRequests({ port, path, count, connections = 16 }) {
  const request = Buffer.from(
    `GET ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nuser-agent: bench/1\r\naccept: */*\r\n\r\n`,
  );
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
        socket.write(request);
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
