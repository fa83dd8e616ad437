import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';

/** A request as it came. */
export interface Received {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: string;
  /** Milliseconds since the sink began. */
  readonly at: number;
}

export interface HttpSink {
  readonly url: string;
  readonly received: readonly Received[];
  clear(): void;
  close(): Promise<void>;
}

/** Takes every request, as a webhook, Slack and PagerDuty would. */
export async function startHttpSink(): Promise<HttpSink> {
  const received: Received[] = [];
  const server = createHttpServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    received.push({
      path: request.url ?? '',
      authorization: request.headers.authorization,
      body: Buffer.concat(chunks).toString(),
      at: performance.now(),
    });
    const isPage = request.url === '/pagerduty';
    response.writeHead(isPage ? 202 : 200, {
      'content-type': isPage ? 'application/json' : 'text/plain',
    });
    response.end(isPage ? '{"status":"success"}' : 'ok');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    clear: () => void received.splice(0),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export interface MailSink {
  /** `127.0.0.1:port`. */
  readonly smarthost: string;
  /** Whole messages, headers and body. */
  readonly received: readonly string[];
  close(): Promise<void>;
}

/** Takes every mail, without encryption or log-in, as far as SMTP is needed for that. */
export async function startMailSink(): Promise<MailSink> {
  const received: string[] = [];
  const server = createServer((socket) => {
    let buffer = '';
    let inData = false;
    socket.on('error', () => {});
    socket.write('220 sink\r\n');
    socket.on('data', (data) => {
      buffer += data.toString();
      for (;;) {
        const end = buffer.indexOf(inData ? '\r\n.\r\n' : '\r\n');
        if (end === -1) return;
        const text = buffer.slice(0, end);
        buffer = buffer.slice(end + (inData ? 5 : 2));
        if (inData) received.push(text.replaceAll('\r\n..', '\r\n.'));
        const isData = !inData && text === 'DATA';
        socket.write(isData ? '354 go on\r\n' : '250 OK\r\n');
        if (text === 'QUIT' && !inData) socket.end();
        inData = isData;
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    smarthost: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    close: async () => {
      server.close();
      await once(server, 'close');
    },
  };
}
