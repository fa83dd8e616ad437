import type { IncomingMessage } from 'node:http';
import { Duplex } from 'node:stream';
import type { Context, Tracer } from '@opentelemetry/api';
import type { HttpCapture } from './http-capture.ts';
import { httpMeters } from './http-meters.ts';
import { beginUpgrade } from './http-upgrade.ts';

/**
 * What a server tells of a connection beside its requests: that it leaves HTTP behind (`upgrade`, `connect`), or that nothing could be read on it
 * (`clientError`), which Node.js answers by itself, or the listener of the application. Gives the context of the listeners of the former.
 */
export function onConnection(
  tracer: Tracer,
  capture: HttpCapture,
  event: unknown,
  [first, second]: unknown[],
): Context | undefined {
  if (event === 'clientError') {
    const { code } = (first ?? {}) as Partial<NodeJS.ErrnoException>;
    httpMeters.serverClientErrors.add(1, {
      'error.type': typeof code === 'string' && code !== '' ? code : '_OTHER',
    });
    return undefined;
  }
  // A server of HTTP/2 tells of a tunnel by a request and a response.
  if (!(second instanceof Duplex)) return undefined;
  return beginUpgrade(tracer, capture, first as IncomingMessage, second).context;
}
