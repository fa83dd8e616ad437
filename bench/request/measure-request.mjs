import { sendRequests } from './load.mjs';
import { startMeasured } from './measured-process.mjs';

/**
 * CPU microseconds of one request of an app: all threads of its process, over `rounds` of `count` requests each, after a warm-up; and its resident
 * memory after the last. The app has core 1, the load and the receiver core 0. `settled` is awaited while the app still runs, so
 * that what it has yet to send arrives.
 */
export async function measureRequest(what) {
  const { app, args, env, cwd, path, headers, count, warmUp, rounds, settled } = what;
  const server = await startMeasured({ args: [...args, app], env, cwd, core: 1 });
  try {
    const target = { port: server.port, path, headers };
    await sendRequests({ ...target, count: warmUp });
    const cpu = [];
    let before = await server.ask('costs');
    for (let round = 0; round < rounds; round += 1) {
      await sendRequests({ ...target, count });
      const after = await server.ask('costs');
      cpu.push((after.cpuUs - before.cpuUs) / count);
      before = after;
    }
    await settled?.();
    return { cpu, rss: before.rss };
  } finally {
    await server.end();
  }
}
