import { peers } from '../peers/peers.mjs';
import { startSink } from '../sinks/start-sink.mjs';
import { apps, reportCosts } from './apps.mjs';
import { measureRequest } from './measure-request.mjs';
import { variants } from './variants.mjs';

/** How long a sink must have been quiet until all has come: longer than the pause between two sendings of that kind. */
const quietMs = { otlp: 900, datadog: 2_300, newrelic: 5_300 };
/** Spans that do not fill a batch leave after half a second, so that counting them needs no longer; under load, full batches set the pace. */
const otlpPace = { OTEL_BSP_SCHEDULE_DELAY: '500', OTEL_BLRP_SCHEDULE_DELAY: '500' };

/**
 * One process of one app with one variant: `{ cpu, rss }`, and with `counting` also `received`: spans, points and bytes of a request as
 * its sink counted them.
 */
export async function measureVariant({ app, variant, prepared, load, counting }) {
  const { file, kind } = apps[app];
  const { peer: name, environment, files, kind: otherKind } = variants[variant];
  const peer = peers[name];
  const sink = peer && (await startSink(peer.backend));
  try {
    const measured = {
      app: files?.[app] ?? file,
      args: [...reportCosts, ...(peer?.[otherKind ?? kind] ?? [])],
      cwd: peer?.folder,
      env: {
        ...prepared.env,
        ...(peer?.backend === 'otlp' && otlpPace),
        ...peer?.environment(sink),
        ...environment,
      },
      path: prepared.path,
      headers: prepared.headers,
      ...load,
    };
    if (!counting || sink === undefined) return await measureRequest(measured);
    const received = { spans: 0, points: 0, bytes: 0 };
    const settled = () => collectUntilQuiet(sink, quietMs[peer.backend], received);
    const { cpu, rss } = await measureRequest({ ...measured, settled });
    const requests = load.warmUp + load.rounds * load.count;
    return { cpu, rss, received: { ...received, spans: received.spans / requests } };
  } finally {
    await sink?.end();
  }
}

async function collectUntilQuiet(sink, quiet, received) {
  let last = Date.now();
  while (Date.now() - last < quiet) {
    const more = await sink.received();
    for (const name of Object.keys(received)) received[name] += more[name];
    if (more.spans > 0) last = Date.now();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
