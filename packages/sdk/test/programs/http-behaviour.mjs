// A server of its own and an unusual client: argv[2] says which. Prints what the application saw.
import { once } from 'node:events';
import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import net from 'node:net';
import { currentTenant, setTenant } from '@bellwether/sdk';
import { context, logs, trace } from '@opentelemetry/api';
import { WebSocketServer } from 'ws';

const turn = () => new Promise((resolve) => setImmediate(resolve));
const listen = async (server) => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return server.address().port;
};
const stop = (server) => {
  server.close();
  server.closeAllConnections?.();
};
const get = (options) =>
  new Promise((resolve, reject) => {
    http
      .get({ host: '127.0.0.1', ...options }, async (response) =>
        resolve(Buffer.concat(await response.toArray()).toString()),
      )
      .on('error', reject);
  });

const behaviours = {
  /** The client goes away before it gets anything. */
  async aborted() {
    const server = http.createServer(() => client.destroy());
    const port = await listen(server);
    const client = net.connect(port, '127.0.0.1');
    client.write('GET /slow HTTP/1.1\r\nhost: a\r\n\r\n');
    await once(client, 'close');
    await turn();
    stop(server);
  },

  /** The client goes away in the middle of the body. */
  async 'aborted-body'() {
    const server = http.createServer((_request, response) => {
      response.writeHead(200);
      response.write('begin');
      response.on('close', () => stop(server));
    });
    const port = await listen(server);
    const client = net.connect(port, '127.0.0.1');
    client.write('GET /stream HTTP/1.1\r\nhost: a\r\n\r\n');
    await once(client, 'data');
    client.destroy();
  },

  /** A body in pieces, both ways. */
  async streaming() {
    const server = http.createServer((request, response) => request.pipe(response));
    const port = await listen(server);
    const request = http.request({ port, host: '127.0.0.1', method: 'POST' });
    const answered = once(request, 'response');
    for (const piece of ['one ', 'two ', 'three']) {
      request.write(piece);
      await turn();
    }
    request.end();
    const [response] = await answered;
    console.log(Buffer.concat(await response.toArray()).toString());
    stop(server);
  },

  /** Three requests at once on one connection. */
  async pipelined() {
    const server = http.createServer((request, response) => {
      setTenant(request.url.slice(1));
      setImmediate(() => response.end(currentTenant()));
    });
    const port = await listen(server);
    const client = net.connect(port, '127.0.0.1').setEncoding('utf8');
    client.write(
      ['/a', '/b', '/c'].map((url) => `GET ${url} HTTP/1.1\r\nhost: x\r\n\r\n`).join(''),
    );
    let text = '';
    client.on('data', (piece) => {
      text += piece;
      if (text.match(/\r\n1\r\n(\w)\r\n|\r\n\r\n\w/g)?.length >= 3 || /c$|c\r\n0/.test(text))
        client.end();
    });
    await once(client, 'close');
    stop(server);
  },

  /** Twenty requests at once on one connection, whose client goes away while the first is still being answered. */
  async 'pipelined-aborted'() {
    let seen = 0;
    const server = http.createServer(() => {
      seen += 1;
      if (seen === 20) client.destroy();
    });
    const port = await listen(server);
    const client = net.connect(port, '127.0.0.1');
    client.write('GET /queued HTTP/1.1\r\nhost: x\r\n\r\n'.repeat(20));
    await once(client, 'close');
    await turn();
    stop(server);
  },

  /** Tenants side by side on few connections, named late, with bodies that arrive late. */
  async tenants() {
    let mixed = 0;
    const server = http.createServer((request, response) => {
      const wanted = request.headers['x-api-key'];
      const check = () => {
        if (currentTenant() !== wanted) mixed += 1;
      };
      setImmediate(() => {
        setTenant(wanted);
        request.on('data', check);
        request.on('end', () => {
          check();
          setImmediate(() => {
            check();
            response.on('finish', check);
            response.end(wanted);
          });
        });
      });
    });
    const port = await listen(server);
    const agent = new http.Agent({ keepAlive: true, maxSockets: 4 });
    const one = async (tenant) => {
      const request = http.request({
        agent,
        port,
        host: '127.0.0.1',
        method: 'POST',
        headers: { 'x-api-key': tenant },
      });
      request.write('first');
      await turn();
      request.end('last');
      const [response] = await once(request, 'response');
      const answer = Buffer.concat(await response.toArray()).toString();
      if (answer !== tenant) mixed += 1;
    };
    await Promise.all(Array.from({ length: 120 }, (_, index) => one(`tenant-${index % 3}`)));
    agent.destroy();
    console.log(`mixed: ${mixed}`);
    stop(server);
  },

  /** A WebSocket handshake and an echo: no request for us, and not to be broken. */
  async upgrade() {
    const server = http.createServer();
    server.on('upgrade', (_request, socket) => {
      socket.write(
        'HTTP/1.1 101 Switching Protocols\r\nupgrade: echo\r\nconnection: upgrade\r\n\r\n',
      );
      socket.pipe(socket);
    });
    const port = await listen(server);
    const request = http.get({
      port,
      host: '127.0.0.1',
      headers: { connection: 'upgrade', upgrade: 'echo' },
    });
    const [, socket] = await once(request, 'upgrade');
    socket.write('hello');
    console.log(`echo: ${(await once(socket, 'data'))[0]}`);
    socket.destroy();
    stop(server);
  },

  /** The WebSocket of Node.js, whose handshake is a request of undici. */
  async 'web-socket'() {
    const server = http.createServer();
    new WebSocketServer({ server }).on('connection', (socket) =>
      socket.on('message', (data) => socket.send(String(data))),
    );
    const port = await listen(server);
    const client = new WebSocket(`ws://127.0.0.1:${port}/room`);
    client.onopen = () => client.send('hello');
    await new Promise((resolve) => {
      client.onmessage = ({ data }) => {
        console.log(`echo: ${data}`);
        client.close();
      };
      client.onclose = resolve;
    });
    stop(server);
  },

  /** A handler that throws, in an application that goes on. */
  async throws() {
    process.on('uncaughtException', (error) => console.log(`uncaught: ${error.message}`));
    const server = http.createServer((_request, response) => {
      setImmediate(() => response.socket?.destroy());
      throw new Error('a bug');
    });
    const port = await listen(server);
    await get({ port }).catch(() => {});
    stop(server);
  },

  /** A server that hands its requests to another one. */
  async handed() {
    const inner = http.createServer((_request, response) => response.end('inner'));
    const outer = http.createServer((request, response) =>
      inner.emit('request', request, response),
    );
    const port = await listen(outer);
    console.log(await get({ port }));
    stop(outer);
  },

  /** A method that nobody knows in front, a query with a secret, a proxy in between. */
  async strange() {
    const server = http.createServer((_request, response) => response.end());
    const port = await listen(server);
    await once(
      http
        .request({
          port,
          host: '127.0.0.1',
          method: 'PROPFIND',
          path: '/dav?sig=secret&a=1',
          headers: { 'x-forwarded-for': '192.0.2.7, 10.0.0.1', 'x-forwarded-host': 'shop.example' },
        })
        .end(),
      'close',
    );
    stop(server);
  },

  /** The application uses the plain OpenTelemetry API inside a request. */
  async api() {
    const server = http.createServer((request, response) => {
      const active = trace.getActiveSpan();
      console.log(`active: ${active?.isRecording()}`);
      active?.setAttribute('app.attribute', 'yes');
      trace.getTracer('app').startActiveSpan('inner', (span) => {
        request.on('end', () => {
          console.log(
            `same: ${trace.getSpan(context.active())?.spanContext().traceId === active?.spanContext().traceId}`,
          );
        });
        request.resume();
        setTenant('acme');
        span.end();
        response.end();
      });
    });
    const port = await listen(server);
    await get({ port });
    stop(server);
  },

  /** The application writes log records by the OpenTelemetry API, outside and inside of a request. */
  async logs() {
    const logger = logs.getLogger('app');
    logger.emit({ body: 'outside' });
    const server = http.createServer((_request, response) => {
      logger.emit({ body: 'before' });
      setTenant('acme');
      logger.emit({ body: 'inside' });
      response.end();
    });
    const port = await listen(server);
    await get({ port });
    stop(server);
  },

  /** HTTP/2 in clear text, by the API that is compatible with HTTP/1. */
  async http2() {
    const server = http2.createServer((request, response) => {
      setTenant(request.headers['x-api-key']);
      setImmediate(() => response.end('two'));
    });
    const port = await listen(server);
    const session = http2.connect(`http://127.0.0.1:${port}`);
    await Promise.all(
      ['acme', 'globex'].map(async (tenant) => {
        const stream = session.request({ ':path': '/h2', 'x-api-key': tenant });
        console.log(Buffer.concat(await stream.toArray()).toString());
      }),
    );
    session.close();
    stop(server);
  },

  /** TLS, without certificates. */
  async https() {
    const ciphers = 'AECDH-AES128-SHA@SECLEVEL=0';
    const tls = { ciphers, maxVersion: 'TLSv1.2' };
    const server = https.createServer(tls, (_request, response) => response.end('safe'));
    const port = await listen(server);
    const request = https.get({ ...tls, port, host: '127.0.0.1', rejectUnauthorized: false });
    const [response] = await once(request, 'response');
    console.log(Buffer.concat(await response.toArray()).toString());
    stop(server);
  },

  /** A tunnel, as a proxy opens it, for a tenant. */
  async connect() {
    const server = http.createServer();
    server.on('connect', (_request, socket) => {
      setTenant('acme');
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      socket.pipe(socket);
    });
    const port = await listen(server);
    const client = net.connect(port, '127.0.0.1').setEncoding('utf8');
    client.write('CONNECT a.example:443 HTTP/1.1\r\nhost: a.example:443\r\n\r\n');
    await once(client, 'data');
    client.write('hello');
    console.log(`echo: ${(await once(client, 'data'))[0]}`);
    client.destroy();
    stop(server);
  },

  /** What never becomes a request, and is answered by Node.js. */
  async unreadable() {
    const server = http.createServer((_request, response) => response.end());
    const port = await listen(server);
    for (const text of [
      'NONSENSE\r\n\r\n',
      `GET / HTTP/1.1\r\nhost: a\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`,
    ]) {
      const client = net.connect(port, '127.0.0.1').setEncoding('utf8');
      client.on('error', () => {}).write(text);
      const [answer] = await once(client, 'data');
      console.log(answer.slice(9, 12));
      client.destroy();
    }
    stop(server);
  },

  /** Calls that fail: nobody listens, the server hangs up, the caller gives up. */
  async failures() {
    const patience = new AbortController();
    const server = http.createServer((request, response) => {
      if (request.url === '/reset') request.socket.destroy();
      if (request.url === '/cut') {
        response.writeHead(200, { 'content-length': '10' });
        response.write('half', () => request.socket.destroy());
      }
      // Not by the clock: a busy machine might not have sent it by then.
      if (request.url === '/hangs') patience.abort(new DOMException('', 'TimeoutError'));
    });
    const port = await listen(server);
    const closed = net.createServer();
    const nobody = await listen(closed);
    closed.close();
    await once(closed, 'close');
    await get({ port: nobody }).catch((error) => console.log(error.code));
    await get({ port, path: '/reset' }).catch((error) => console.log(error.code));
    await new Promise((resolve) => {
      http
        .get({ port, host: '127.0.0.1', path: '/cut' }, (response) => {
          response.on('error', (error) => console.log(error.code)).on('close', resolve);
          response.resume();
        })
        .on('error', () => {});
    });
    await fetch(`http://127.0.0.1:${nobody}/`).catch((error) => console.log(error.cause.code));
    await fetch(`http://127.0.0.1:${port}/hangs`, { signal: patience.signal }).catch((error) =>
      console.log(error.name),
    );
    stop(server);
  },
};

await behaviours[process.argv[2]]();
