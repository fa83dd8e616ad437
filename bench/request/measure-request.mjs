import { sendRequests } from './load.mjs';
import { startMeasured } from './measured-process.mjs';

/**
 * CPU microseconds of one request of an app: all threads of its process, over `rounds` of `count` requests each, after a warm-up. The app has
 * core 1, the load and the receiver core 0.
 */
export async function measureRequest({ app, args, env, path, count, warmUp, rounds }) {
  const server = await startMeasured({ args: [...args, app], env, core: 1 });
  try {
    await sendRequests({ port: server.port, path, count: warmUp });
    const cpu = [];
    let before = await server.ask('costs');
    for (let round = 0; round < rounds; round += 1) {
      await sendRequests({ port: server.port, path, count });
      const after = await server.ask('costs');
      cpu.push((after.cpuUs - before.cpuUs) / count);
      before = after;
    }
    return { cpu, rss: before.rss };
  } finally {
    await server.end();
  }
}
