// Good points and a bad one in the same request to Prometheus. See README.md
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promQuery, startStack } from '../../../packages/cli/dist/index.js';

const cumulative = 2;
const delta = 1;
const stack = await startStack({
  dataDir: mkdtempSync(join(tmpdir(), 'upstream-one-bad-point-')),
  services: ['prometheus'],
});
const { prometheus } = stack.addresses;
try {
  const alone = await send(counter('alone', cumulative));
  const together = await send(
    counter('before', cumulative),
    counter('bad', delta),
    counter('after', cumulative),
  );
  const arrived = await promQuery(prometheus, 'count by (__name__) ({__name__=~".+_total"})');
  const names = arrived.map(({ labels }) => labels.__name__);
  console.log(`alone ${alone}; with a delta counter ${together}; stored: ${names.join(', ')}`);
  process.exitCode = alone === 200 && together >= 400 && names.join() === 'alone_total' ? 0 : 1;
} finally {
  await stack.stop({ volumes: true });
}

function counter(name, aggregationTemporality) {
  const now = BigInt(Date.now()) * 1_000_000n;
  const point = { startTimeUnixNano: `${now - 1n}`, timeUnixNano: `${now}`, asInt: '5' };
  return { name, sum: { aggregationTemporality, isMonotonic: true, dataPoints: [point] } };
}

async function send(...metrics) {
  const response = await fetch(`${prometheus}/api/v1/otlp/v1/metrics`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ resourceMetrics: [{ scopeMetrics: [{ metrics }] }] }),
  });
  return response.status;
}
