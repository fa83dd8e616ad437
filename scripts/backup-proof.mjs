// `npm run backup:proof`: backup, wipe, restore, and the same questions give the same answers. See npm run backup:proof -- --help
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startStack } from '../packages/cli/dist/index.js';
import { KEYS, startS3 } from '../packages/cli/test/s3-stand-in.ts';
import { postgresClients } from '../packages/testkit/dist/index.js';
import { bellwether } from './backup/bellwether.mjs';
import { readProofOptions } from './backup/options.mjs';
import { askAll, differences, postSilence } from './backup/questions.mjs';
import { badArchives, fullDisk, row } from './backup/refusals.mjs';
import { untilInterrupted } from './start/interrupt.mjs';
import { startPipeline } from './start/pipeline.mjs';
import { poll } from './start/poll.mjs';
import { progressLines } from './start/progress-lines.mjs';
import { startTraffic } from './start/traffic.mjs';

const options = readProofOptions(process.argv.slice(2));
const say = (text) => process.stderr.write(`${text}\n`);
const signal = untilInterrupted(say);
const folder = mkdtempSync(join(tmpdir(), 'bellwether-backup-proof-'));
const place = join(folder, 'backups');
const key = join(folder, 'key');
const timing = { scrapeInterval: '1s', evaluationInterval: '5s', ruleQueryOffset: '5s' };
let pipeline;
let stack;
let s3;
try {
  process.exitCode = await run();
} catch (error) {
  say(`npm run backup:proof: ${error.stack}`);
  process.exitCode = 1;
} finally {
  await pipeline?.stop();
  await stack?.stop();
  s3?.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function run() {
  const clients = await postgresClients();
  if (clients === undefined)
    throw new Error(
      'Expected pg_dump of PostgreSQL 18, got none; name its folder by BELLWETHER_PG_BIN',
    );
  process.env.BELLWETHER_PG_BIN = clients;
  const first = join(folder, 'first');
  pipeline = await startPipeline({
    dataDir: first,
    replicas: 2,
    signal,
    say,
    onProblem: say,
    stackSettings: { backups: true, prometheusTiming: timing },
    environment: { OTEL_METRIC_EXPORT_INTERVAL: '2000' },
  });
  const from = Math.floor(Date.now() / 1000);
  say(`load for ${options.seconds} s ...`);
  const { shops, tenants, addresses } = pipeline;
  await startTraffic({ shops, tenants, rate: 20, seconds: options.seconds, seed: 1, signal });
  for (const [comment, seconds] of [
    ['maintenance', 7_200],
    ['until tomorrow', 86_400],
    ['one tenant', 3_600],
  ])
    await postSilence(addresses.alertmanager, comment, seconds);
  // What is still on its way arrives; what people ask afterwards is about the past.
  await pipeline.stopShops();
  await pipeline.notifications.stop();
  await wait(15_000, undefined, { signal });
  const until = Math.floor(Date.now() / 1000) - 5;
  const before = await askAll(addresses, { from, until });

  await bellwether(['backup', 'key', '--out', key]);
  const source = ['--data', first];
  const refusals = [];
  const made = await bellwether(['backup', '--to', place, '--key', key, '--json', ...source]);
  if (made.code !== 0) throw new Error(made.stderr);
  say(made.stderr.trim());
  const backup = JSON.parse(made.stdout);
  const { name } = backup;
  const size = statSync(join(place, name)).size;
  say(`${name}: ${size} bytes in ${made.seconds} s; Prometheus runs, so a restore is refused`);
  refusals.push(
    row(
      'Prometheus runs',
      await bellwether(['restore', '--from', place, '--key', key, '--force', ...source]),
      /ERR_RESTORE_TARGET/,
    ),
    ...(await fullDisk({ place, name, folder, key, source })),
  );
  const bucket = await toBucket(source);

  say('wiping everything ...');
  await pipeline.stop();
  pipeline = undefined;
  rmSync(first, { recursive: true });

  const second = join(folder, 'second');
  stack = await startStack({
    dataDir: second,
    services: ['postgres', 'prometheus', 'alertmanager'],
    backups: true,
    prometheusTiming: timing,
    onProgress: progressLines(say),
  });
  await stopPrometheus();
  const target = ['--data', second];
  refusals.push(...(await badArchives({ place, name, folder, key, target })));
  refusals.push(
    row(
      'not empty',
      await bellwether(['restore', '--from', place, '--key', key, ...target]),
      /ERR_RESTORE_TARGET.*|--force/,
    ),
  );
  const restored = await bellwether([
    'restore',
    '--from',
    place,
    '--key',
    key,
    '--force',
    ...target,
  ]);
  if (restored.code !== 0) throw new Error(restored.stderr);
  say(restored.stdout.trim());
  await startPrometheus();
  await poll(60, signal, () => ready(stack.addresses.prometheus));
  const after = await askAll(stack.addresses, { from, until });
  const different = differences(before, after);

  const result = {
    backup: { seconds: made.seconds, size, parts: backup.parts },
    bucket,
    restore: { seconds: restored.seconds },
    questions: Object.keys(before).length,
    different,
    refusals,
  };
  const ok = different.length === 0 && bucket.ok && refusals.every((each) => each.ok);
  process.stdout.write(
    options.json ? `${JSON.stringify({ ok, ...result }, null, 2)}\n` : render(result),
  );
  return ok ? 0 : 1;
}

async function toBucket(source) {
  s3 = await startS3('backups');
  const environment = {
    AWS_ENDPOINT_URL_S3: s3.endpoint,
    AWS_ACCESS_KEY_ID: KEYS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: KEYS.secretAccessKey,
  };
  const to = 's3://backups/shop';
  const made = await bellwether(['backup', '--to', to, '--key', key, ...source], environment);
  const verified = await bellwether(['backup', 'verify', '--from', to, '--key', key], environment);
  return {
    ok: made.code === 0 && verified.code === 0,
    seconds: made.seconds,
    said: verified.stdout.trim() || verified.lastLine,
  };
}

/** Its guard goes with it. */
async function stopPrometheus() {
  await stack.stopService('prometheus-guard');
  await stack.stopService('prometheus');
}
async function startPrometheus() {
  await stack.startService('prometheus');
  await stack.startService('prometheus-guard');
}

async function ready(prometheus) {
  return fetch(`${prometheus}/-/ready`).then(
    ({ ok }) => ok,
    () => false,
  );
}

function render({ backup, bucket, restore, questions, different, refusals }) {
  const lines = [
    '',
    ...backup.parts.map(
      ({ name, server, files, size, seconds }) =>
        `  ${name.padEnd(13)} ${server}, ${files} files, ${size} bytes, ${seconds} s`,
    ),
    `  backup ${backup.size} bytes in ${backup.seconds} s; to a bucket (a stand-in that checks signatures) in ${bucket.seconds} s; restored in ${restore.seconds} s`,
    `  ${questions} questions, ${questions - different.length} with the same answer`,
    ...different.map(
      ({ question, before, after }) =>
        `  DIFFERENT ${question}\n    before ${before}\n    after  ${after}`,
    ),
    ...refusals.map(
      ({ what, ok, said }) => `  ${ok ? 'refused' : 'NOT AS EXPECTED'}: ${what}: ${said}`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}
