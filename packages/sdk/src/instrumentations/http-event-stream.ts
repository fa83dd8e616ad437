// Hot: the head of every response passes here. Bench: ./http-server.bench.ts
import type { ServerResponse } from 'node:http';
import { wrapMethod } from './db-wrap-method.ts';
import type { Undo } from './environment.ts';
import { guard } from './guard.ts';
import { writtenHeader } from './http-capture.ts';
import { serverExchangeOf } from './http-server-exchange.ts';

const MEDIA_TYPE = /^text\/event-stream *(;|$)/i;

/**
 * Tells an exchange that its response is a stream of server-sent events, as soon as its head is written. Such a response ends when its
 * reader goes, so the time until it ends says nothing of the service. See docs/decisions/0041.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export function watchEventStreams(prototype: object): Undo {
  return wrapMethod(prototype, 'writeHead', (writeHead) => {
    return function (...args) {
      const answer = writeHead.apply(this, args);
      onHead(this as ServerResponse);
      return answer;
    };
  });
}

const onHead = guard('reading the head of a response', (response: ServerResponse) => {
  const exchange = serverExchangeOf(response);
  if (exchange !== undefined && isEventStream(response)) exchange.streams();
});

function isEventStream(response: ServerResponse): boolean {
  const type = response.getHeader('content-type') ?? writtenType(response);
  return isEventStreamType(type);
}

/** Whether a `content-type` is that of server-sent events. */
export function isEventStreamType(type: unknown): boolean {
  return typeof type === 'string' && MEDIA_TYPE.test(type);
}

/** Where all headers were given to `writeHead` itself. Most heads have no such words, and are not read any further. */
function writtenType(response: ServerResponse): unknown {
  const { _header: head } = response as unknown as { readonly _header?: unknown };
  return typeof head === 'string' && head.includes('event-stream')
    ? writtenHeader(response, 'content-type')
    : undefined;
}
