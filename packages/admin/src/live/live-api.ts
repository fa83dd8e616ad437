import { type Request, type Response, Router } from 'express';
import { readScope, SCOPE, type Scope } from '../ask/ask.ts';
import { readParameters } from '../ask/parameters.ts';
import type { PrometheusClient } from '../ask/prometheus-client.ts';
import { busy } from '../ask/turns.ts';
import { identityOf } from '../identity.ts';
import type { Settings } from '../monitoring-options.ts';
import { type LiveFeed, liveFeed } from './live-feed.ts';
import { event, liveFigures } from './live-figures.ts';
import { stillAllowed } from './still-allowed.ts';

/** Keeps proxies from closing a quiet stream; also how often it is asked whether the session still holds. */
const HEARTBEAT_MS = 15_000;
/** Bytes that a reader may be behind. */
const MAX_BEHIND = 64 * 1_024;
/** For the reader's own attempts after a broken connection. */
const RETRY_MS = 5_000;

/** `GET live`: figures as server-sent events, one question for all who look at the same. */
export function liveApi(settings: Settings, prometheus: PrometheusClient): Router {
  const feeds = new Map<string, LiveFeed>();
  let streams = 0;
  const router = Router({ caseSensitive: true });

  const feedOf = (scope: Scope): LiveFeed => {
    const { tenant, environment, service, route } = scope;
    const key = JSON.stringify([tenant ?? null, environment, service, route]);
    let feed = feeds.get(key);
    if (feed === undefined) {
      const ask = () => liveFigures(scope, settings, prometheus);
      feed = liveFeed(ask, settings.limits.liveSeconds * 1_000, () => feeds.delete(key));
      feeds.set(key, feed);
    }
    return feed;
  };

  router.get('/live', (request, response) => {
    const given = readParameters(request, SCOPE);
    // Express answers HEAD with what GET does: this one would never end.
    if (request.method === 'HEAD') {
      response.type('text/event-stream').end();
      return;
    }
    const scope = readScope(given, identityOf(request), settings);
    if (streams >= settings.limits.maxLive) throw busy();
    streams += 1;
    response.once('close', () => {
      streams -= 1;
    });
    stream(request, response, feedOf(scope), settings);
  });
  return router;
}

function stream(request: Request, response: Response, feed: LiveFeed, settings: Settings): void {
  response.set({
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store, no-transform',
    'X-Accel-Buffering': 'no',
  });
  response.flushHeaders();
  const write = (text: string) => {
    if (response.destroyed || response.writableEnded) return;
    // Whoever does not read is not waited for: the browser connects again by itself.
    if (response.writableLength > MAX_BEHIND) response.destroy();
    else response.write(text);
  };
  write(`retry: ${RETRY_MS}\n\n`);
  const leave = feed.listen(write);
  const opened = identityOf(request);
  let isAsking = false;
  const heartbeat = setInterval(async () => {
    write(': still here\n\n');
    if (isAsking) return;
    isAsking = true;
    const allowed = await stillAllowed(request, opened, settings);
    isAsking = false;
    if (allowed === 'yes') return;
    if (allowed === 'no') write(event('ended', { reason: 'session' }));
    response.end();
  }, HEARTBEAT_MS);
  response.once('close', () => {
    clearInterval(heartbeat);
    leave();
  });
}
