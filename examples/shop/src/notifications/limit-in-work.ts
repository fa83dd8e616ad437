import { AsyncResource } from 'node:async_hooks';
import type { RequestHandler } from 'express';
import { HttpProblem } from '../http/http-problem.ts';

/**
 * Lets so many requests be in work at once; so many more wait, as sockets whose bodies nobody has read yet. 503 for the rest.
 */
export function limitInWork(most: number, mostWaiting: number): RequestHandler {
  let inWork = 0;
  const waiting: Array<() => void> = [];
  const leave = () => {
    inWork -= 1;
    waiting.shift()?.();
  };
  return (_request, response, next) => {
    const enter = () => {
      inWork += 1;
      if (response.closed) {
        leave();
        return;
      }
      response.once('close', leave);
      next();
    };
    if (inWork < most) {
      enter();
      return;
    }
    if (waiting.length >= mostWaiting) {
      response.set('Retry-After', '1');
      throw new HttpProblem(
        503,
        'overloaded',
        `Expected at most ${most + mostWaiting} webhooks at once, got more; send it again in a second`,
      );
    }
    // The request that makes room must not lend its own context, with its span and tenant, to the one that enters.
    waiting.push(AsyncResource.bind(enter));
  };
}
