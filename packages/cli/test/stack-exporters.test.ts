import { execFile } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pollUntil } from '@bellwether/testkit';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { processContext } from '../src/context.ts';
import { promQuery, type Stack, type StackProgress, startStack } from '../src/index.ts';

/** The first start on a machine builds the servers. */
const BUILD_MS = 900_000;
const services = [
  ...(['postgres', 'redis'] as const),
  ...(['node-exporter', 'postgres-exporter', 'redis-exporter'] as const),
];

describe('exporters', () => {
  let dataDir: string;
  let stack: Stack<(typeof services)[number]>;
  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'bellwether-stack-'));
    stack = await startStack({ dataDir, services });
  }, BUILD_MS);
  afterAll(async () => {
    await stack?.stop({ volumes: true });
    rmSync(dataDir, { recursive: true, force: true });
  });

  test('every exporter says what rules ask for, and no collector of it fails', async () => {
    const { nodeExporter, postgresExporter = '', redisExporter = '' } = stack.addresses;
    const page = async (url: string) => (await fetch(url)).text();
    const [machine, database, cache] = await Promise.all([
      page(nodeExporter),
      page(postgresExporter),
      page(redisExporter),
    ]);
    expect(machine).not.toMatch(/^node_scrape_collector_success\{.*\} 0$/m);
    for (const name of [
      ...['node_cpu_seconds_total', 'node_load1', 'node_memory_MemAvailable_bytes'],
      ...[
        'node_filesystem_avail_bytes',
        'node_network_receive_bytes_total',
        'node_boot_time_seconds',
      ],
    ]) {
      expect(machine).toMatch(new RegExp(`^${name}[ {]`, 'm'));
    }
    expect(database).toMatch(/^pg_up 1$/m);
    expect(database).toMatch(/^pg_exporter_last_scrape_error 0$/m);
    expect(database).not.toMatch(/^pg_scrape_collector_success\{.*\} 0$/m);
    for (const name of [
      ...['pg_stat_database_xact_commit', 'pg_settings_max_connections', 'pg_locks_count'],
      ...[
        'pg_database_size_bytes',
        'pg_stat_activity_count',
        'pg_stat_checkpointer_num_timed_total',
      ],
    ]) {
      expect(database).toMatch(new RegExp(`^${name}[ {]`, 'm'));
    }
    expect(cache).toMatch(/^redis_up 1$/m);
    expect(stack.logs('postgres-exporter').join('\n')).not.toMatch(/"level":"(error|warn)/);
  });

  test("the exporter's role sees no table, and its password is on no command line", async () => {
    const password = readFileSync(join(dataDir, 'postgres-exporter/password'), 'utf8');
    const url = new URL(stack.addresses.postgres);
    Object.assign(url, { username: 'bellwether_monitor', password });
    const admin = new pg.Client(stack.addresses.postgres);
    const monitor = new pg.Client(url.href);
    await Promise.all([admin.connect(), monitor.connect()]);
    await admin.query('CREATE TABLE private (id int)');
    await expect(monitor.query('SELECT * FROM private')).rejects.toMatchObject({ code: '42501' });
    await Promise.all([admin.end(), monitor.end()]);
    const arguments_ = await promisify(execFile)('ps', ['-ewwo', 'args']);
    expect(arguments_.stdout).not.toContain(password);
  });
});

describe('a stack with settings', () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'bellwether-stack-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  test('an exporter that cannot be had is said in one line, and the stack goes on without it', {
    timeout: BUILD_MS,
  }, async () => {
    const bin = join(dataDir, 'bin');
    mkdirSync(bin);
    for (const name of ['redis-server', 'setpriv', 'sh']) {
      const { stdout } = await promisify(execFile)('which', [name]);
      symlinkSync(stdout.trim(), join(bin, name));
    }
    writeFileSync(join(bin, 'apt-get'), '#!/bin/sh\necho E: No packages found >&2\nexit 100\n');
    chmodSync(join(bin, 'apt-get'), 0o755);
    const steps: StackProgress[] = [];
    const stack = await startStack({
      dataDir: join(dataDir, 'data'),
      services: ['redis', 'redis-exporter'],
      context: { ...processContext(), env: { PATH: bin, XDG_CACHE_HOME: join(dataDir, 'cache') } },
      onProgress: (progress) => steps.push(progress),
    });
    expect(stack.addresses.redisExporter).toBeUndefined();
    expect(stack.status().state).toBe('running');
    await stack.stop();
    expect(steps).toContainEqual({
      step: 'prepare redis-exporter',
      state: 'skipped',
      seconds: expect.any(Number),
      message: expect.stringMatching(
        /^prepare redis-exporter: left out \(Expected .* or Debian's package prometheus-redis-exporter, got neither \(E: No packages found\); .* BELLWETHER_REDIS_EXPORTER\.\)$/,
      ),
    });
  });

  test('rules of another folder, and intervals of a drill', { timeout: BUILD_MS }, async () => {
    const rulesFolder = join(dataDir, 'rules');
    mkdirSync(rulesFolder);
    const rule = 'groups: [{ name: mine, rules: [{ record: mine:one, expr: vector(1) }] }]';
    writeFileSync(join(rulesFolder, 'mine.yaml'), rule);
    const stack = await startStack({
      dataDir: join(dataDir, 'data'),
      services: ['prometheus'],
      rulesFolder,
      prometheusTiming: { evaluationInterval: '200ms', ruleQueryOffset: '0s' },
    });
    const [sample] = await pollUntil(
      async () => {
        const found = await promQuery(stack.addresses.prometheus, 'mine:one');
        return found.length > 0 && found;
      },
      { message: 'the rule of another folder', everyMs: 100 },
    );
    expect(sample?.value).toBe(1);
    await stack.stop();
    await expect(
      startStack({ dataDir: join(dataDir, 'data'), rulesFolder: join(dataDir, 'absent') }),
    ).rejects.toMatchObject({ code: 'ERR_OPTION' });
  });
});
