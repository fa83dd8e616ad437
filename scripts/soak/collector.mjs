import { join } from 'node:path';
import { startStack } from '../../packages/cli/dist/index.js';

/**
 * A real Collector that hands on to `receiver`; `down` and `up` are an outage in which it is stopped, as by a restart. With `quick` it
 * is the receiver itself that tears down connections.
 */
export async function startCollector({ receiver, quick, dataDir, signal }) {
  if (quick)
    return {
      url: receiver.url,
      down: async () => receiver.failWith('close'),
      up: async () => receiver.failWith(),
      stop: async () => {},
    };
  const stack = await startStack({
    dataDir: join(dataDir, 'stack'),
    services: ['collector'],
    signal,
    collector: { exportUrl: `${receiver.url}/v1/metrics` },
  });
  return {
    url: stack.addresses.collectorHttp,
    down: () => stack.stopService('collector'),
    up: () => stack.startService('collector'),
    stop: () => stack.stop({ volumes: true }),
  };
}
