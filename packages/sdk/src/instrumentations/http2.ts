import { syncBuiltinESMExports } from 'node:module';
import { undoAll } from './db-wrap-method.ts';
import type { InstrumentationEnvironment, Undo } from './environment.ts';
import { watchEventStreams } from './http-event-stream.ts';
import type { Watch } from './http-server.ts';
import { onClose } from './http-server.ts';
import { instrumentHttp2Client } from './http2-client.ts';
import { watchStreams } from './http2-server.ts';
import { keepContextInEvents } from './keep-context-in-events.ts';

type Http2 = typeof import('node:http2');

/** Measures servers and clients of HTTP/2 like those of `node:http`. Loaded with `node:http2`. */
export function instrumentHttp2(env: InstrumentationEnvironment, http2: Http2, watch: Watch): Undo {
  // They have no public class: their prototypes are those of servers that never listen.
  const servers = [http2.createServer(), http2.createSecureServer()].map(Object.getPrototypeOf);
  const undos = [
    watchStreams(servers, watch),
    keepContextInEvents(http2.Http2ServerRequest.prototype),
    keepContextInEvents(http2.Http2ServerResponse.prototype, onClose),
    watchEventStreams(http2.Http2ServerResponse.prototype),
    instrumentHttp2Client(env, http2),
  ];
  // For what `import { connect }` gave before.
  syncBuiltinESMExports();
  return undoAll([syncBuiltinESMExports, ...undos]);
}
