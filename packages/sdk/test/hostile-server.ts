import { createServer, type Socket } from 'node:net';
import { pollUntil } from '@bellwether/testkit';

/** What a server does with a connection that brought a request. */
export type Answer = (socket: Socket) => void;

export interface HostileServer {
  readonly url: string;
  /** How many came. */
  readonly requests: number;
  close(): void;
}

/** A server that speaks whatever it likes, on loopback, until it is closed. */
export async function startHostileServer(answer: Answer): Promise<HostileServer> {
  let requests = 0;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (chunk) => {
      if (!chunk.subarray(0, 5).equals(Buffer.from('POST '))) return;
      requests += 1;
      answer(socket);
    });
  }).listen(0, '127.0.0.1');
  await pollUntil(() => server.listening);
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    get requests() {
      return requests;
    },
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Writes `chunk` for as long as somebody reads. */
function endlessly(socket: Socket, chunk: string | Buffer): void {
  const more = () => {
    while (!socket.destroyed && socket.write(chunk));
    if (!socket.destroyed) socket.once('drain', more);
  };
  more();
}

const head = (status: string, ...headers: string[]) =>
  `${[`HTTP/1.1 ${status}`, ...headers].join('\r\n')}\r\n\r\n`;
const whole = (status: string, body: string | Buffer, ...headers: string[]) =>
  Buffer.concat([
    Buffer.from(head(status, `Content-Length: ${body.length}`, ...headers), 'latin1'),
    Buffer.from(body as string),
  ]);
/** A field with a length before it, as protobuf has it. */
const field = (tag: number, text: Buffer): Buffer => {
  const length: number[] = [];
  let rest = text.length;
  for (; rest > 127; rest = Math.floor(rest / 128)) length.push((rest % 128) | 128);
  return Buffer.concat([Buffer.from([tag, ...length, rest]), text]);
};
const partlyRefused = (message: string | Buffer) =>
  field(
    0x0a,
    Buffer.concat([
      Buffer.from([0x08, 0xff, 0xff, 0xff, 0x7f]),
      field(0x12, Buffer.from(message as string)),
    ]),
  );

/** What a Collector, or who stands in its place, may answer; `tries` is the most requests that one export may become of it. */
export const hostileAnswers: Readonly<
  Record<string, { readonly answer: Answer; readonly tries: number }>
> = {
  'a body that never ends': {
    tries: 1,
    answer: (socket) => {
      socket.write(head('200 OK', 'Transfer-Encoding: chunked'));
      endlessly(socket, `10000\r\n${'x'.repeat(65_536)}\r\n`);
    },
  },
  'a head that never ends': {
    tries: 1,
    answer: (socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      endlessly(socket, `x-a: ${'b'.repeat(1_000)}\r\n`);
    },
  },
  'one byte now and then': {
    tries: 1,
    answer: (socket) => {
      socket.write(head('200 OK', 'Content-Length: 1000000'));
      const timer = setInterval(() => socket.write('x'), 20);
      socket.once('close', () => clearInterval(timer));
    },
  },
  'a flood of 100 Continue': {
    tries: 1,
    answer: (socket) => endlessly(socket, head('100 Continue').repeat(100)),
  },
  'a flood of 103 Early Hints': {
    tries: 1,
    answer: (socket) =>
      endlessly(socket, head('103 Early Hints', 'Link: </a>; rel=preload').repeat(100)),
  },
  '101, and another protocol': {
    tries: 1,
    answer: (socket) =>
      socket.write(head('101 Switching Protocols', 'Upgrade: evil', 'Connection: Upgrade')),
  },
  'no HTTP at all': { tries: 1, answer: (socket) => socket.end('SSH-2.0-OpenSSH_9.9\r\n') },
  'bytes of chance': {
    tries: 1,
    answer: (socket) =>
      socket.end(Buffer.from(Array.from({ length: 4_000 }, (_, i) => (i * 167) % 256))),
  },
  'a connection that is cut': { tries: 4, answer: (socket) => socket.resetAndDestroy() },
  'an answer that is cut': {
    tries: 4,
    answer: (socket) => socket.end(head('200 OK', 'Content-Length: 100')),
  },
  'a redirect to somebody else': {
    tries: 1,
    answer: (socket) =>
      socket.write(whole('307 Temporary Redirect', '', 'Location: http://127.0.0.1:9/steal')),
  },
  'a redirect to itself': {
    tries: 1,
    answer: (socket) => socket.write(whole('308 Permanent Redirect', '', 'Location: /v1/traces')),
  },
  'a page of a proxy': {
    tries: 1,
    answer: (socket) =>
      socket.write(whole('200 OK', '<html>log in</html>', 'Content-Type: text/html')),
  },
  'no protobuf': {
    tries: 1,
    answer: (socket) => socket.write(whole('200 OK', Buffer.alloc(100_000, 0xff))),
  },
  'gzip that was not asked for': {
    tries: 1,
    answer: (socket) =>
      socket.write(whole('200 OK', Buffer.alloc(1_000, 0x1f), 'Content-Encoding: gzip')),
  },
  'a partial success of 3 MB with lines in it': {
    tries: 1,
    answer: (socket) =>
      socket.write(
        whole(
          '200 OK',
          partlyRefused(`\r\nbellwether error: forged\u001b[2J\n${'x'.repeat(3_000_000)}`),
        ),
      ),
  },
  'a reason that commands a terminal': {
    tries: 1,
    answer: (socket) => socket.write(whole('400 \u009b31m\u00ff'.repeat(200), '')),
  },
  'come again at once': {
    tries: 4,
    answer: (socket) => socket.write(whole('503 Service Unavailable', '', 'Retry-After: 0')),
  },
  'come again in the past': {
    tries: 4,
    answer: (socket) =>
      socket.write(whole('503 Busy', '', 'Retry-After: Thu, 01 Jan 1970 00:00:00 GMT')),
  },
  'come again in a thousand years': {
    tries: 1,
    answer: (socket) => socket.write(whole('429 Too Many', '', `Retry-After: ${'9'.repeat(300)}`)),
  },
  'come again whenever': {
    tries: 4,
    answer: (socket) => socket.write(whole('503 Busy', '', 'Retry-After: -1e9, soon')),
  },
  'the status 999': { tries: 1, answer: (socket) => socket.write(whole('999 ', '')) },
};
