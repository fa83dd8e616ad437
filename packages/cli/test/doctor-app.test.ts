import { chmodSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runProgram } from '@bellwether/testkit';
import { describe, expect, onTestFinished, test } from 'vitest';
import { GOOD_SYNC_HOOKS } from '../src/doctor/checks/node.ts';
import { SUPPORTED_LIBRARIES } from '../src/doctor/checks/supported-libraries.ts';
import { CHECKS } from '../src/doctor/checks.ts';
import { doctor, doctorProject, type Project, runDoctor } from './doctor-project.ts';

const app = ['--only', 'app'];

test('a healthy application is ok in every row', async () => {
  const visit = await doctor(
    doctorProject({ packages: { express: '5.3.0', redis: '6.3.1' } }),
    app,
  );
  expect(visit.ill).toEqual([]);
  expect(visit).toMatchObject({ code: 0, ok: true, format: 1, counts: { ok: 10 } });
  expect(visit.message('preload')).toBe('--import @bellwether/sdk/register (the start script)');
  expect(visit.message('libraries')).toBe('express 5.3.0, redis 6.3.1');
});

const START = 'node app.js';

describe.each<[string, Project, readonly string[], RegExp, Record<string, string>?]>([
  [
    'the preload is forgotten',
    { manifest: { scripts: { start: START } } },
    ['preload: fail'],
    /the start script has no --import @bellwether\/sdk\/register/,
  ],
  [
    'the entry loads the preload itself, too late',
    {
      manifest: { scripts: { start: START } },
      files: { 'app.js': "import '@bellwether/sdk/register';\nimport express from 'express';\n" },
    },
    ['preload: fail'],
    /the entry itself loads @bellwether\/sdk\/register: .* stays unmeasured/,
  ],
  [
    'the preload is required',
    { manifest: { scripts: { start: 'node -r @bellwether/sdk/register app.js' } } },
    ['preload: fail'],
    /--require .* is an ES module/,
  ],
  [
    'nothing says how it is started',
    { manifest: { scripts: {}, main: 'app.js' } },
    ['preload: warn'],
    /Neither a start script nor NODE_OPTIONS/,
  ],
  [
    'the entry is not built',
    { manifest: { scripts: { start: 'node --import @bellwether/sdk/register dist/app.js' } } },
    ['entry: fail'],
    /dist\/app\.js, which the start script names, does not exist/,
  ],
  [
    'the entry is a folder',
    { manifest: { scripts: { start: 'node --import @bellwether/sdk/register node_modules' } } },
    ['entry: fail'],
    /node_modules, which the start script names, does not exist/,
  ],
  [
    'the entry is an ES module and calls require()',
    { files: { 'app.js': "const http = require('node:http');\n" } },
    ['entry: fail'],
    /is an ES module \("type": "module"\) and calls require\(\)/,
  ],
  [
    'the entry is CommonJS and has imports',
    { manifest: { type: 'commonjs' } },
    ['entry: fail'],
    /is CommonJS \("type": "commonjs"\) and has import/,
  ],
  [
    'the SDK is not a dependency',
    { manifest: { dependencies: {} } },
    [
      'sdk: fail',
      ...['api-copies', 'api-version', 'libraries', 'settings'].map((id) => `${id}: skipped`),
    ],
    /@bellwether\/sdk is not in "dependencies"/,
  ],
  [
    'a library brings a newer copy of the API',
    { packages: { lib: '1.0.0', 'lib/node_modules/@opentelemetry/api': '1.99.0' } },
    ['api-copies: fail'],
    /1\.99\.0 \(lib\).* is lost/,
  ],
  [
    'a library brings an older copy of the API',
    { packages: { lib: '1.0.0', 'lib/node_modules/@opentelemetry/api': '1.4.0' } },
    ['api-copies: warn'],
    /1\.4\.0 \(lib\).*registers first/,
  ],
  [
    "the application's own API is too old",
    { packages: { '@opentelemetry/api': '1.4.0' } },
    ['api-copies: warn', 'api-version: fail'],
    /1\.10\.0.*1\.4\.0|1\.4\.0.*1\.10\.0/,
  ],
  [
    'another SDK is preloaded',
    {
      manifest: {
        scripts: {
          start: 'node --import dd-trace/register.js --import @bellwether/sdk/register app.js',
        },
      },
    },
    ['other-sdk: fail'],
    /--import dd-trace\/register\.js starts another SDK/,
  ],
  [
    'another SDK is started in the code',
    {
      files: {
        'app.js': "import { NodeSDK } from '@opentelemetry/sdk-node';\nnew NodeSDK().start();\n",
      },
    },
    ['other-sdk: fail'],
    /the entry loads @opentelemetry\/sdk-node/,
  ],
  [
    'another SDK is installed',
    { packages: { newrelic: '13.0.0' } },
    ['other-sdk: warn'],
    /newrelic is installed/,
  ],
  [
    'libraries are of versions that nobody measures',
    { packages: { ioredis: '4.28.0', pg: '8.23.1', express: '3.0.0' } },
    ['libraries: warn'],
    /express 3\.0\.0 of patient .*ioredis 4\.28\.0/,
  ],
  [
    'a variable is wrong',
    {},
    ['settings: fail'],
    /Expected BELLWETHER_TENANT_BUDGET to be an integer .* got "many".*Expected OTEL_METRIC_EXPORT_INTERVAL/,
    { BELLWETHER_TENANT_BUDGET: 'many', OTEL_METRIC_EXPORT_INTERVAL: '-1' },
  ],
  [
    'it is switched off',
    {},
    ['settings: warn'],
    /OTEL_SDK_DISABLED=true: nothing starts/,
    { OTEL_SDK_DISABLED: 'true' },
  ],
])('%s', (_, project, ill, message, env = {}) => {
  test('is named by its row', async () => {
    const visit = await doctor(doctorProject(project), app, { env });
    expect(visit.ill).toEqual(ill);
    expect(visit.message(ill[0]?.split(':')[0] ?? '')).toMatch(message);
    expect(visit.code).toBe(ill.some((row) => row.endsWith('fail')) ? 1 : 0);
    const unwell = visit.checks.filter(({ status }) => status === 'warn' || status === 'fail');
    expect(unwell.filter(({ hint }) => hint === undefined)).toEqual([]);
  });
});

test('an old Node.js is named by its row', async () => {
  const folder = doctorProject({ files: { 'bin/node': '#!/bin/sh\necho v20.19.0\n' } });
  chmodSync(join(folder, 'bin/node'), 0o755);
  const visit = await doctor(folder, ['--only', 'node', '--node', 'bin/node']);
  expect(visit.ill).toEqual(['node: fail']);
  expect(visit.message('node')).toMatch(/^Node\.js 20\.19\.0: .* without telemetry/);
});

test('a port of /metrics that something else has is named by its row', async () => {
  const server = createServer((_, response) => response.end('no metrics')).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((listening) => server.once('listening', listening));
  const { port } = server.address() as AddressInfo;
  const env = { BELLWETHER_METRICS_PORT: String(port) };
  const visit = await doctor(doctorProject(), app, { env });
  expect(visit.ill).toEqual(['ports: fail']);
  expect(visit.message('ports')).toBe(
    `127.0.0.1:${port} is in use by something else: there will be no /metrics`,
  );
});

test.runIf(process.platform === 'linux')('a running process tells how it was started', async () => {
  const files = { 'app.js': "console.log('up');\nsetInterval(() => {}, 1_000);\n" };
  const folder = doctorProject({ manifest: { scripts: {} }, files });
  const start = (args: readonly string[]) =>
    runProgram({
      file: join(folder, 'app.js'),
      nodeArgs: args,
      cwd: folder,
      env: {
        OTEL_METRICS_EXPORTER: 'none',
        OTEL_TRACES_EXPORTER: 'none',
        OTEL_LOGS_EXPORTER: 'none',
      },
    });
  const late = start([]);
  await late.waitForLine(/up/);
  const visit = await doctor(folder, [...app, '--pid', String(late.pid)]);
  expect(visit.ill).toEqual(['preload: fail', 'settings: warn']);
  const well = start(['--import', '@bellwether/sdk/register']);
  await well.waitForLine(/up/);
  const other = await doctor(folder, [...app, '--pid', String(well.pid)]);
  expect(other.message('preload')).toMatch(/^--import @bellwether\/sdk\/register \(process \d+\)$/);
  expect(other.ill).toEqual(['settings: warn']);
});

test('outside of any application those rows are skipped and the exit code is 0', async () => {
  const { code, ill } = await doctor('/', ['--only', 'entry,sdk,other-sdk']);
  expect([code, ill]).toEqual([0, ['entry: skipped', 'sdk: skipped', 'other-sdk: skipped']]);
});

test.each([
  [['--only', 'teh-app'], /Expected --only to name checks or groups/],
  [['--timeout', 'soon'], /Expected --timeout to be a time/],
  [['--app', 'nowhere.js'], /Expected --app to be a file or a folder/],
  [['--pid', '0'], /Expected --pid to be the id of a process/],
  [['--pid', '4194999'], /Expected --pid to be a running process/],
  [['--rules', 'nowhere'], /Expected --rules to be a folder/],
  [
    ['--prometheus', 'ftp://user:hunter22@host'],
    /Expected --prometheus to be an http or https address/,
  ],
])('%s is a wrong option', async (args, message) => {
  const { code, err } = await runDoctor(doctorProject(), args);
  expect(code).toBe(2);
  expect(err).toMatch(message);
  expect(err).not.toContain('hunter22');
});

test('the guide has every row, in its order', () => {
  const guide = readFileSync(
    fileURLToPath(new URL('../../../docs/guides/doctor.md', import.meta.url)),
    'utf8',
  );
  const rows = [...guide.matchAll(/^\| `([a-z-]+)` \| .* \| ([a-z]+) \|$/gm)];
  expect(rows.map(([, id, group]) => [id, group])).toEqual(
    CHECKS.map(({ id, group }) => [id, group]),
  );
});

test('the ranges are those of the SDK', () => {
  const source = (path: string) =>
    readFileSync(fileURLToPath(new URL(`../../sdk/src/${path}`, import.meta.url)), 'utf8');
  const rangeIn = (file: string, library: string) =>
    source(`instrumentations/${file}`).match(
      new RegExp(`name: '${library}',\\s*versions: '([^']+)'`),
    )?.[1];
  expect(SUPPORTED_LIBRARIES).toMatchObject({
    express: rangeIn('express.ts', 'express'),
    ws: rangeIn('ws.ts', 'ws'),
    bullmq: rangeIn('bullmq.ts', 'bullmq'),
    mariadb: rangeIn('mariadb.ts', 'mariadb'),
    ioredis: rangeIn('ioredis.ts', 'ioredis'),
    pg: rangeIn('pg.ts', 'pg'),
    'pg-pool': rangeIn('pg.ts', 'pg-pool'),
  });
  expect(source('instrumentations/fastify.ts')).toContain('Fastify 4 or 5');
  expect(source('instrumentations/redis.ts')).toContain('node-redis 4, 5 and 6');
  expect(source('instrumentations/mysql2.ts')).toContain('`mysql2` 2 and 3');
  expect(source('instrumentations/undici.ts')).toContain('undici 5 to 8');
  expect(source('instrumentations/prisma.ts')).toContain('Prisma 7');
  expect(source('modules/good-sync-hooks.ts')).toContain('22.22.3, 24.11.1 and 25.1');
  expect(GOOD_SYNC_HOOKS).toBe('>=22.22.3 <23 || >=24.11.1 <25 || >=25.1.0');
});
