// A server that says what it got, and a way to make it call another: GET /call?way=http|fetch&url=... says what came of that.
import { once } from 'node:events';
import { createServer, request } from 'node:http';

const server = createServer(async (incoming, outgoing) => {
  const target = URL.parse(incoming.url, 'http://x');
  if (target?.pathname === '/call') {
    const { way, url } = Object.fromEntries(target.searchParams);
    outgoing.end(await (way === 'fetch' ? byFetch(url) : byRequest(url)));
    return;
  }
  if (target?.pathname === '/heap') {
    globalThis.gc();
    outgoing.end(String(process.memoryUsage().heapUsed));
    return;
  }
  const { method, url, headers, rawHeaders } = incoming;
  let bytes = 0;
  try {
    for await (const chunk of incoming) bytes += chunk.length;
  } catch {
    return;
  }
  outgoing.end(
    JSON.stringify({ method, url, names: Object.keys(headers), raw: rawHeaders.length, bytes }),
  );
}).on('clientError', (error, socket) => socket.end(`HTTP/1.1 400 ${error.code}\r\n\r\n`));
server.listen(0, '127.0.0.1');
await once(server, 'listening');
console.log(`port ${server.address().port}`);
process.on('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
});

const signal = () => AbortSignal.timeout(1_500);

async function byFetch(url) {
  try {
    const response = await fetch(url, {
      method: 'POST',
      body: 'x',
      redirect: 'manual',
      signal: signal(),
    });
    await response.arrayBuffer();
    return `${response.status}`;
  } catch (error) {
    return `${error.name} ${error.cause?.code ?? error.code ?? ''}`;
  }
}

function byRequest(url) {
  return new Promise((resolve) => {
    const outgoing = request(url, { method: 'POST', signal: signal() });
    outgoing.on('error', (error) => resolve(`${error.name} ${error.code}`));
    outgoing.on('close', () => resolve('closed'));
    outgoing.on('response', (response) => {
      response.on('error', (error) => resolve(`${error.name} ${error.code}`));
      response.resume().on('end', () => resolve(`${response.statusCode}`));
    });
    outgoing.end('x');
  });
}
