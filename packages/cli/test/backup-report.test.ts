import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type OtlpReceiver, pollUntil, startOtlpReceiver } from '@bellwether/testkit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { processContext } from '../src/context.ts';
import { runCli } from '../src/run-cli.ts';
import { stackFiles } from '../src/stack-files.ts';

vi.setConfig({ testTimeout: 120_000 });

let folder: string;
let receiver: OtlpReceiver;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bellwether-backup-'));
  const sqlite = new DatabaseSync(join(folder, 'grafana.db'));
  sqlite.exec("create table dashboard (title text); insert into dashboard values ('Shop')");
  sqlite.close();
  receiver = await startOtlpReceiver();
});
afterEach(async () => {
  await receiver.close();
  rmSync(folder, { recursive: true, force: true });
});

function start(args: readonly string[], more: Readonly<Record<string, string>> = {}) {
  const errors: string[] = [];
  const result = { code: 0 };
  let stop = () => {};
  const context = processContext();
  const database = join(folder, 'grafana.db');
  const place = join(folder, 'backups');
  const done = runCli(['backup', '--to', place, '--grafana-db', database, ...args], {
    ...context,
    env: {
      ...{ PATH: context.env.PATH, OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url },
      OTEL_RESOURCE_ATTRIBUTES:
        'service.namespace=bellwether,deployment.environment.name=production%20eu',
      ...more,
    },
    home: folder,
    out: () => {},
    err: (text) => errors.push(text),
    setExitCode: (code) => {
      result.code = code;
    },
    onStopSignal: (listener) => {
      stop = () => listener('SIGTERM');
      return () => {};
    },
  }).then(() => ({ code: result.code, errors: errors.join('\n') }));
  return { done, stop: () => stop() };
}
const gauge = (name: string) => receiver.points(`bellwether.backup.${name}`)[0]?.value;
const names = () => [...new Set(receiver.metrics().map(({ name }) => name))].sort();

test('a backup says when it was made, how large it is and how long it took, as a service of its environment', async () => {
  const before = Date.now() / 1000;
  expect((await start(['--expect-every', '24h']).done).code).toBe(0);
  expect(names()).toEqual(
    ['duration', 'interval', 'last_success.time', 'size'].map(
      (name) => `bellwether.backup.${name}`,
    ),
  );
  expect(gauge('last_success.time')).toBeGreaterThan(before - 1);
  expect(gauge('interval')).toBe(86_400);
  expect(gauge('size')).toBeGreaterThan(100);
  expect(receiver.metrics()[0]?.resource).toEqual({
    'service.namespace': 'bellwether',
    'service.name': 'backup',
    'service.instance.id': 'backup',
    'deployment.environment.name': 'production eu',
  });
});

test('one that failed says so, and one by hand no interval', async () => {
  writeFileSync(join(folder, 'grafana.db'), 'not a database');
  const { code, errors } = await start([]).done;
  expect([code, errors]).toEqual([1, expect.stringContaining('ERR_GRAFANA_DATABASE')]);
  expect(names()).toEqual(['bellwether.backup.last_failure.time']);
});

test('one that runs on says what it knows, also of a backup that was there before', async () => {
  expect((await start([], { OTEL_EXPORTER_OTLP_ENDPOINT: '' }).done).code).toBe(0);
  expect(receiver.requests).toEqual([]);
  const running = start(['--every', '1h'], { OTEL_SERVICE_NAME: 'nightly' });
  await pollUntil(() => gauge('last_success.time') !== undefined, { timeoutMs: 60_000 });
  running.stop();
  expect((await running.done).errors).toBe('');
  expect(names()).toEqual(
    ['interval', 'last_success.time', 'size'].map((name) => `bellwether.backup.${name}`),
  );
  expect(gauge('interval')).toBe(3_600);
  expect(receiver.metrics()[0]?.resource).toMatchObject({ 'service.name': 'nightly' });
});

test('a Collector that is away fails no backup', async () => {
  await receiver.close();
  const secret = receiver.url.replace('//', '//who:secret@');
  const { code, errors } = await start([], { OTEL_EXPORTER_OTLP_ENDPOINT: secret }).done;
  expect([code, errors]).toEqual([0, expect.stringMatching(/not told to 127\.0\.0\.1:\d+: /)]);
  expect(errors).not.toContain('secret');
});

test('the rules ask for the names that are sent', async () => {
  await start(['--expect-every', '24h']).done;
  writeFileSync(join(folder, 'grafana.db'), 'not a database');
  await start(['--expect-every', '24h']).done;
  const rules = readFileSync(join(stackFiles().prometheusRules, 'backup-alerts.yaml'), 'utf8');
  const asked = new Set(rules.match(/bellwether_backup_\w+/g));
  const sent = names().map((name) => name.replaceAll('.', '_'));
  for (const name of asked) expect(sent).toContain(name.replace(/_seconds$/, ''));
  expect(asked.size).toBe(3);
});
