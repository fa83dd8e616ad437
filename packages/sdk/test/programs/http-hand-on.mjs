// A server that hands the headers of its request on, by every client. Prints what the next server got.
import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import undici from 'undici';

const listen = async (server) => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return server.address().port;
};
const get = (options) =>
  new Promise((resolve, reject) => {
    http
      .get(options, async (response) => resolve(Buffer.concat(await response.toArray()).toString()))
      .on('error', reject);
  });

const next = http.createServer((request, response) => {
  response.end(JSON.stringify(request.rawHeaders));
});
const nextPort = await listen(next);
const to = `http://127.0.0.1:${nextPort}/`;
const host = '127.0.0.1';
const ways = {
  object: (headers) => get({ host, port: nextPort, headers }),
  array: (headers) =>
    get({ host, port: nextPort, headers: ['Host', host, ...Object.entries(headers).flat()] }),
  'bare-array': () => get({ host, port: nextPort, headers: ['Host', host] }),
  fetch: (headers) => fetch(to, { headers }).then((response) => response.text()),
  undici: (headers) => undici.request(to, { headers }).then(({ body }) => body.text()),
};

const front = http.createServer((request, response) => {
  const { traceparent, tracestate } = request.headers;
  const way = ways[request.url.slice(1)];
  way({ Traceparent: traceparent, tracestate }).then((text) => response.end(text));
});
const port = await listen(front);
for (const name of Object.keys(ways)) {
  const client = net.connect(port, host);
  client.write(
    `GET /${name} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n` +
      'traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n' +
      'tracestate: a=$&X-Evil: 1\r\n\r\n',
  );
  const [, body] = Buffer.concat(await client.toArray())
    .toString()
    .split('\r\n\r\n');
  const [headers] = /\[.*\]/.exec(body);
  console.log(`${name} ${headers}`);
}
for (const server of [front, next]) {
  server.close();
  server.closeAllConnections();
}
