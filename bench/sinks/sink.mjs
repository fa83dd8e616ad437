// What every sink has in common: it answers as its backend does, and counts what came when the bench asks, not while it measures.
import { createServer as createPlainServer } from 'node:http';
import { gunzipSync, inflateSync } from 'node:zlib';

/**
 * Serves `answer(request, response, body)` on a free port of loopback, and tells the parent process how much was received since it
 * asked last: `count(request, body)` gives `{ spans, points, ... }` of one request.
 */
export function startSink({ answer, count, createServer = createPlainServer, ...more }) {
  let waiting = [];
  let requests = 0;
  const server = createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const { url, method, headers } = request;
      waiting.push({ url, method, headers, body });
      requests += 1;
      answer({ url, method, headers, body }, response);
    });
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port, ...more }));
  process.on('message', (question) => {
    const received = { spans: 0, points: 0, logs: 0, bytes: 0 };
    if (question === 'received') {
      for (const request of waiting) {
        received.bytes += request.body.length;
        const counts = count(request, plain(request));
        for (const [name, value] of Object.entries(counts)) received[name] += value;
      }
      waiting = [];
    }
    process.send({ ...received, requests });
  });
  process.on('disconnect', () => process.exit(0));
}

export function plain({ headers, body }) {
  const encoding = headers['content-encoding'];
  if (encoding === 'gzip') return gunzipSync(body);
  if (encoding === 'deflate') return inflateSync(body);
  return body;
}
