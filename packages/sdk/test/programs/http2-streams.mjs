// Servers and clients of HTTP/2 by streams: argv[2] says which. Prints what the application saw.
import { once } from 'node:events';
import http2, { connect } from 'node:http2';
import { currentTenant, runWithTenant, setTenant } from '@bellwether/sdk';
import { trace } from '@opentelemetry/api';
import { H2CClient } from 'undici';

const textOf = async (stream) => Buffer.concat(await stream.toArray()).toString();
const listen = async (server) => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${server.address().port}`;
};

/** Answers what it knows of itself, in a later turn and from a listener of the stream. */
const server = http2.createServer().on('stream', (stream, headers) => {
  const path = headers[':path'];
  stream.on('error', () => {});
  if (path === '/hangs') return;
  if (path === '/resets') return stream.close(http2.constants.NGHTTP2_INTERNAL_ERROR);
  if (path === '/events') {
    stream.respond({ 'content-type': 'text/event-stream' });
    return stream.write('data: 1\n\n');
  }
  if (headers['x-api-key']) setTenant(headers['x-api-key']);
  stream.resume().on('end', () => {
    setImmediate(() => {
      stream.respond({ ':status': path === '/fails' ? 500 : 200 });
      stream.end(String(currentTenant()));
    });
  });
});

const behaviours = {
  /** Two tenants at once on one connection, whose client was made by nobody in particular. */
  async tenants(session) {
    await Promise.all(
      ['acme', 'globex'].map((tenant) =>
        runWithTenant(`for-${tenant}`, async () => {
          const stream = session.request({ ':path': '/h2?page=1', 'x-api-key': tenant });
          stream.on('response', () => console.log(`${tenant} by ${currentTenant()}`));
          console.log(`${tenant} is ${await textOf(stream)}`);
        }),
      ),
    );
  },

  /** The headers as a list, where Node.js takes one, and as the application got them from its own caller. */
  async headers(session) {
    const old = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    await textOf(session.request({ ':path': '/copied', Traceparent: old }));
    const [major] = process.versions.node.split('.');
    if (major >= 24) await textOf(session.request([':path', '/listed', 'traceparent', old]));
    await textOf(session.request());
  },

  /** The tenant travels to a host that is listed. */
  async trusted(session) {
    await runWithTenant('acme', async () => {
      console.log(await textOf(session.request({ ':path': '/' })));
    });
  },

  async failures(session) {
    await textOf(session.request({ ':path': '/fails', ':method': 'POST' }, { endStream: true }));
    const reset = session.request({ ':path': '/resets' });
    await once(reset, 'response').catch((error) => console.log(error.code));
    const hangs = session.request({ ':path': '/hangs' });
    hangs.close(http2.constants.NGHTTP2_CANCEL);
    await once(hangs, 'close');
    const nobody = http2.createServer();
    const closed = await listen(nobody);
    await new Promise((resolve) => nobody.close(resolve));
    const lost = connect(closed).on('error', () => {});
    await once(lost.request(), 'response').catch((error) => console.log(error.code));
  },

  /** A reader of events goes: that is how such a stream ends. */
  async events(session) {
    const stream = session.request({ ':path': '/events' });
    await once(stream, 'data');
    stream.close();
    await once(stream, 'close');
  },

  /** gRPC and tunnels are no requests for documents. */
  async others(session) {
    const grpc = { ':method': 'POST', 'content-type': 'application/grpc+proto' };
    await textOf(session.request(grpc).end());
    const tunnel = session.request({ ':method': 'CONNECT', ':authority': 'a.example:443' });
    await textOf(tunnel.end());
  },

  /** A client of HTTP/2 that is measured by itself, beside one that is not. */
  async undici(session) {
    const client = new H2CClient(url);
    const { body } = await client.request({ path: '/undici', method: 'GET' });
    await body.text();
    await client.close();
    await textOf(session.request({ ':path': '/own' }));
  },

  async span(session) {
    await trace.getTracer('app').startActiveSpan('outer', async (outer) => {
      await textOf(session.request({ ':path': '/secret?token=hunter2' }));
      outer.end();
    });
  },
};

const url = await listen(server);
const session = connect(url);
await behaviours[process.argv[2]](session);
session.close();
server.close();
