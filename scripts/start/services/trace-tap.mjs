import { createServer } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { decodeOtlp, receivedSpans } from '../../../packages/testkit/dist/index.js';

/**
 * Stands between the services and the Collector, on the way of the spans: hands on what it gets, and keeps what comes while it is told
 * to. Costs next to nothing while it is not.
 */
export async function startTraceTap() {
  let forwardTo;
  let keeping = false;
  const kept = [];
  const server = createServer(async (request, response) => {
    try {
      const body = Buffer.concat(await request.toArray());
      if (keeping) kept.push({ body, encoding: request.headers['content-encoding'] });
      const answer = await fetch(`${forwardTo}${request.url}`, {
        method: 'POST',
        headers: headersOf(request.headers),
        body,
      });
      response.writeHead(answer.status, {
        'content-type': answer.headers.get('content-type') ?? 'application/x-protobuf',
      });
      response.end(Buffer.from(await answer.arrayBuffer()));
    } catch {
      response.writeHead(503).end();
    }
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    address: `http://127.0.0.1:${server.address().port}`,
    /** Where what comes goes on to: the OTLP/HTTP address of a Collector. */
    handOnTo: (address) => {
      forwardTo = address;
    },
    keep: () => {
      keeping = true;
    },
    /** The spans of one trace that were kept until now. */
    spansOf: (traceId) =>
      kept
        .flatMap(({ body, encoding }) =>
          receivedSpans(
            decodeOtlp('traces', 'protobuf', encoding === 'gzip' ? gunzipSync(body) : body),
          ),
        )
        .filter((span) => span.traceId === traceId),
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function headersOf(headers) {
  const passed = ['content-type', 'content-encoding'].filter((name) => headers[name] !== undefined);
  return Object.fromEntries(passed.map((name) => [name, headers[name]]));
}
