// OTLP to a Prometheus whose files can not grow, and what is left after a restart. See README.md
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promQuery, stackStatus, startStack } from '../../../packages/cli/dist/index.js';

const dataDir = mkdtempSync(join(tmpdir(), 'upstream-full-disk-'));
const stack = await startStack({ dataDir, services: ['prometheus'] });
const { prometheus } = stack.addresses;
try {
  await send('before');
  const { size } = statSync(join(dataDir, 'prometheus/data/wal/00000000'));
  filesMayHave(size + 50);
  // More than a page of the write-ahead log, 32 KiB.
  const answer = await send('during', 2_000);
  filesMayHave('unlimited');
  await send('after');
  const stored = await names();
  await stack.stopService('prometheus');
  await stack.startService('prometheus');
  const kept = await names();
  console.log(`full: answered ${answer}; stored: ${stored}; after a restart: ${kept}`);
  const isLost = !stored.includes('during') && stored.includes('after') && !kept.includes('after');
  process.exitCode = answer === 200 && isLost ? 0 : 1;
} finally {
  await stack.stop({ volumes: true });
}

/** As a full disk: a file that is longer can not be written. */
function filesMayHave(bytes) {
  const [{ process: server }] = stackStatus(dataDir).services;
  execFileSync('prlimit', [`--pid=${server.pid}`, `--fsize=${bytes}:unlimited`]);
}

async function names() {
  const series = await promQuery(prometheus, 'count by (__name__) ({__name__=~"test_.*"})');
  return series.map(({ labels }) => labels.__name__.replace(/test_(.*)_total/, '$1')).join();
}

async function send(name, series = 1) {
  const now = BigInt(Date.now()) * 1_000_000n;
  const dataPoints = Array.from({ length: series }, () => ({
    ...{ startTimeUnixNano: `${now - 1n}`, timeUnixNano: `${now}`, asInt: '5' },
    attributes: [{ key: 'id', value: { stringValue: randomUUID() } }],
  }));
  const sum = { aggregationTemporality: 2, isMonotonic: true, dataPoints };
  const metrics = [{ name: `test.${name}`, sum }];
  const response = await fetch(`${prometheus}/api/v1/otlp/v1/metrics`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ resourceMetrics: [{ scopeMetrics: [{ metrics }] }] }),
  });
  await response.arrayBuffer();
  return response.status;
}
