import { peers } from '../peers/peers.mjs';
import { startSink } from '../sinks/start-sink.mjs';
import { apps, reportCosts } from './apps.mjs';
import { sendRequests } from './load.mjs';
import { startMeasured } from './measured-process.mjs';
import { variants } from './variants.mjs';

/** How long a sink must have been quiet until all has come: longer than the pause between two sendings of that kind. */
const quietMs = { otlp: 900, datadog: 2_300, newrelic: 5_300 };
/** Spans that do not fill a batch leave after half a second, so that counting them needs no longer; under load, full batches set the pace. */
const otlpPace = { OTEL_BSP_SCHEDULE_DELAY: '500', OTEL_BLRP_SCHEDULE_DELAY: '500' };

/**
 * One process of an app with a variant, on core 1, and the backend it exports to, on core 0. `serve(count)` has it answer requests and gives the CPU
 * microseconds of one, all threads of the process; `rss()` its resident bytes; `received()` waits until all has come and gives `{ spans, points, bytes }`
 * since the start, undefined where nothing is exported; `end()` ends both.
 */
export async function startVariant({ app, variant, prepared }) {
  const { file, kind } = apps[app];
  const { peer: name, environment, files, kind: otherKind } = variants[variant];
  const peer = peers[name];
  const sink = peer && (await startSink(peer.backend));
  try {
    const server = await startMeasured({
      args: [...reportCosts, ...(peer?.[otherKind ?? kind] ?? []), files?.[app] ?? file],
      cwd: peer?.folder,
      core: 1,
      env: {
        ...prepared.env,
        ...(peer?.backend === 'otlp' && otlpPace),
        ...peer?.environment(sink),
        ...environment,
      },
    });
    const target = { port: server.port, path: prepared.path, headers: prepared.headers };
    const serve = async (count) => {
      const before = await server.ask('costs');
      await sendRequests({ ...target, count });
      return ((await server.ask('costs')).cpuUs - before.cpuUs) / count;
    };
    return {
      serve,
      rss: async () => (await server.ask('costs')).rss,
      received: async () => sink && receivedUntilQuiet(sink, quietMs[peer.backend]),
      end: async () => {
        await server.end();
        await sink?.end();
      },
    };
  } catch (error) {
    await sink?.end();
    throw error;
  }
}

async function receivedUntilQuiet(sink, quiet) {
  const received = { spans: 0, points: 0, bytes: 0 };
  let last = Date.now();
  while (Date.now() - last < quiet) {
    const more = await sink.received();
    for (const name of Object.keys(received)) received[name] += more[name];
    if (more.spans > 0) last = Date.now();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return received;
}
