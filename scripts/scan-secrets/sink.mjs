import { createServer } from 'node:http';
import { gunzipSync } from 'node:zlib';

/** Takes whatever is sent to it and keeps the bodies by their path: a Collector, a chat, a payment provider that anybody may read. */
export async function startSink() {
  const bodies = new Map();
  const server = createServer(async (request, response) => {
    const raw = Buffer.concat(await request.toArray());
    const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw;
    const { pathname } = new URL(request.url, 'http://sink');
    bodies.set(pathname, [...(bodies.get(pathname) ?? []), body]);
    response.writeHead(200, { 'set-cookie': 'sink=1' }).end();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    bodiesOf: (pathname) => bodies.get(pathname) ?? [],
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
