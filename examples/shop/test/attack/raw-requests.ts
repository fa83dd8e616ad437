import { once } from 'node:events';
import { connect } from 'node:net';

/** Sends bytes as they are, and returns all that came back before the server or a deadline ended it. */
export async function sendRaw(origin: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname);
  let answer = '';
  socket.setEncoding('latin1').on('data', (text) => {
    answer += text;
  });
  socket.on('error', () => {});
  socket.end(bytes, 'latin1');
  await once(socket, 'close');
  return answer;
}

const post = 'POST /admin/login HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n';
const smuggled = 'GET /admin/orders HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n';

/** Requests of which two servers in a row might have two opinions. */
export const rawRequests: readonly (readonly [what: string, bytes: string])[] = [
  ['two lengths', `${post}Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcde${smuggled}`],
  [
    'a length and chunks',
    `${post}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`,
  ],
  ['chunks in disguise', `${post}Transfer-Encoding: xchunked\r\n\r\n${smuggled}`],
  [
    'chunks twice',
    `${post}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n${smuggled}`,
  ],
  [
    'chunks of a size that is none',
    `${post}Transfer-Encoding: chunked\r\n\r\n-1\r\nx\r\n0\r\n\r\n`,
  ],
  ['a space before the colon', `${post}Content-Length : 5\r\n\r\nabcde${smuggled}`],
  ['a length with a sign', `${post}Content-Length: +5\r\n\r\nabcde${smuggled}`],
  [
    'a header that is folded',
    `${post}X-A: b\r\n Cookie: shop-admin=x\r\nContent-Length: 0\r\n\r\n`,
  ],
  [
    'line ends of one character',
    'POST /admin/login HTTP/1.1\nHost: shop\nConnection: close\nContent-Length: 0\n\n',
  ],
  ['NUL in a header', `${post}Cookie: shop-admin=\0\r\nContent-Length: 0\r\n\r\n`],
  ['no host', 'GET /admin HTTP/1.1\r\nConnection: close\r\n\r\n'],
  ['a method that is none', 'GETT /admin HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n'],
  ['another protocol', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ['20 kB of headers', `${post}X-A: ${'a'.repeat(20_000)}\r\n\r\n`],
  ['a way through to another server', 'CONNECT redis:6379 HTTP/1.1\r\nHost: redis:6379\r\n\r\n'],
  [
    'a target in full',
    'GET http://evil.example/admin/orders HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n',
  ],
];
