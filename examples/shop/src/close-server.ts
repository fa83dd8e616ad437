import type { Server } from 'node:http';

/**
 * Prepares a server to be closed under load; call it before the first request. The function that it returns takes no new connection,
 * finishes the open requests, and is fulfilled when the last connection is closed.
 *
 * `server.close()` alone waits for as long as a busy client keeps its connection alive: here every answer from then on says
 * `Connection: close`, and a connection that falls idle is closed.
 */
export function closable(server: Server): () => Promise<void> {
  let closing = false;
  server.prependListener('request', (_request, response) => {
    if (closing) response.setHeader('connection', 'close');
    response.once('close', () => {
      if (closing) server.closeIdleConnections();
    });
  });
  return () => {
    closing = true;
    return new Promise((resolve, reject) => {
      server.close((error) => (error === undefined ? resolve() : reject(error)));
    });
  };
}
