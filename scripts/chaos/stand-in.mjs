import { createServer, request } from 'node:http';

/** Longer than the SDK waits for an answer (OTEL_EXPORTER_OTLP_TIMEOUT, 10 s). */
const lateMs = 12_000;
const nonsense = Buffer.from('\x00\xff nobody speaks this \r\n\r\n', 'latin1');

/**
 * Stands between the SDK and the Collector on loopback and behaves as one that is ill. `target` says where the Collector is. `set`
 * takes one of:
 * - `pass`: hands on what comes, and the answer; cuts the connection where there is no Collector.
 * - `hung`: takes the request and never answers.
 * - `slow`: the Collector gets it at once, the answer comes when the sender has given up.
 * - `429`, `503`, `400`: answers so and hands nothing on.
 * - `garbage`: by turns no HTTP at all, and 200 with a body that is no OTLP.
 */
export async function standInForCollector() {
  const held = new Set();
  let collector;
  let state = 'pass';
  let spoiled = 0;
  const behaviours = {
    pass: (incoming, response) => handOn(collector, incoming, (answer) => answer(response)),
    hung: (incoming, response) => {
      incoming.resume();
      hold(response);
    },
    slow: (incoming, response) =>
      handOn(collector, incoming, (answer) => {
        hold(response);
        setTimeout(() => held.has(response) && answer(response), lateMs).unref();
      }),
    429: refuse(429, { 'retry-after': '1' }),
    503: refuse(503),
    400: refuse(400),
    garbage: (incoming, response) => {
      incoming.resume();
      if (spoiled % 2 === 0) response.end(nonsense);
      else response.socket?.end(nonsense);
    },
  };
  const server = createServer((incoming, response) => {
    incoming.on('error', () => undefined);
    if (state !== 'pass') spoiled += 1;
    behaviours[state](incoming, response);
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  function hold(response) {
    held.add(response);
    response.once('close', () => held.delete(response));
  }
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    target(address) {
      collector = address;
    },
    /** What was held so far is cut off, as by a restart. */
    set(next) {
      if (!Object.hasOwn(behaviours, next))
        throw new TypeError(
          `Expected one of ${Object.keys(behaviours).join(', ')}, got ${String(next)}`,
        );
      state = next;
      spoiled = 0;
      for (const response of held) response.destroy();
    },
    /** Requests since `set` that were not simply handed on. */
    spoiled: () => spoiled,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function refuse(status, headers = {}) {
  return (incoming, response) => {
    incoming.resume();
    incoming.on('end', () => response.writeHead(status, headers).end());
  };
}

/** Asks the Collector, and gives `then` a function that passes on what became of it. */
function handOn(collector, incoming, then) {
  const cut = (response) => response.destroy();
  const { method, url, headers } = incoming;
  const outgoing = request(new URL(url, collector), { method, headers }, (back) => {
    const chunks = [];
    back.on('data', (chunk) => chunks.push(chunk));
    back.on('error', () => then(cut));
    back.on('end', () => {
      const type = back.headers['content-type'];
      then((response) => {
        if (response.destroyed) return;
        response.writeHead(back.statusCode, type ? { 'content-type': type } : {});
        response.end(Buffer.concat(chunks));
      });
    });
  });
  outgoing.on('error', () => then(cut));
  incoming.pipe(outgoing);
}
