import type { IncomingMessage } from 'node:http';
import type { PeerGetter } from '../propagation/peer-carrier.ts';

/** Reads the headers of a server's request for the propagator, and tells it the address of the peer. */
export const requestHeaders: PeerGetter<IncomingMessage> = {
  get: (request, key) => request.headers[key],
  keys: (request) => Object.keys(request.headers),
  peerAddress: (request) => request.socket?.remoteAddress,
};
