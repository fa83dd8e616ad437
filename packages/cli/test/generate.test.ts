import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bellwether, userProject } from './user-project.ts';

const meters = (options = '', name = 'app.orders') => `
  import { counter, defineMeters, oneOf, upTo } from '@bellwether/meters';
  export const meters = defineMeters('app', {
    orders: counter('${name}', { unit: '{order}', description: 'Orders placed', ${options} }),
  });`;

const generate = (cwd: string, ...args: readonly string[]) =>
  bellwether(cwd, 'generate', '--out', 'monitoring', ...args);

test('a catalog gives rules, alerts, dashboards, runbooks and reference; once more changes nothing', async () => {
  const cwd = userProject({ 'meters.ts': meters() });
  const first = await generate(cwd, '--catalog', 'meters.ts');
  expect(first, first.err).toMatchObject({ code: 0, err: '' });
  expect(first.out).toMatch(
    /^monitoring: \d+ recording rules, \d+ alerts, \d+ runbooks, \d+ dashboards with \d+ panels; \d+ files changed\.$/m,
  );
  const reference = join(cwd, 'monitoring/docs/reference/metrics.md');
  expect(readFileSync(reference, 'utf8')).toContain('app_orders_total');
  const again = await generate(cwd, '--catalog', './meters.ts');
  expect(again.out).toMatch(/nothing has changed\.\n$/);
});

test('--check writes nothing, names what would change and ends with 1', async () => {
  const cwd = userProject({ 'meters.ts': meters() });
  const before = await generate(cwd, '--catalog', 'meters.ts', '--check');
  expect(before.code).toBe(1);
  expect(before.out).toContain('new docs/reference/metrics.md');
  expect(existsSync(join(cwd, 'monitoring'))).toBe(false);

  await generate(cwd, '--catalog', 'meters.ts');
  expect((await generate(cwd, '--catalog', 'meters.ts', '--check')).code).toBe(0);

  writeFileSync(join(cwd, 'meters.ts'), meters('', 'app.sales'));
  const after = await generate(cwd, '--catalog', 'meters.ts', '--check');
  expect(after).toMatchObject({ code: 1 });
  expect(after.out).toContain('changed docs/reference/metrics.md');
});

test('--json says the same as data', async () => {
  const cwd = userProject({ 'meters.ts': meters() });
  const { out } = await generate(cwd, '--catalog', 'meters.ts', '--json');
  const said = JSON.parse(out) as { counts: Record<string, number>; files: { path: string }[] };
  expect(said.counts.alerts).toBeGreaterThan(0);
  expect(said.counts.panels).toBeGreaterThan(0);
  expect(said.files).toContainEqual({
    path: 'docs/reference/metrics.md',
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    state: 'new',
  });
});

test('--config: a spec, with catalogs and options beside it', async () => {
  const cwd = userProject({
    'meters.ts': meters(),
    'more.mjs': meters('', 'more.sales'),
    'monitoring.ts': `
      import { meters } from './meters.js';
      export default { catalogs: [meters], links: { runbooks: 'https://wiki/runbooks' } };`,
  });
  const links = ['--grafana-url', 'https://grafana.example', '--histograms', 'native'];
  const all = ['--config', 'monitoring.ts', '--catalog', 'more.mjs', '--catalog', 'meters.ts'];
  const { code, err } = await generate(cwd, ...all, ...links);
  expect(code, err).toBe(0);
  const read = (path: string) => readFileSync(join(cwd, 'monitoring', path), 'utf8');
  expect(read('docs/reference/metrics.md')).toMatch(/app_orders_total[\s\S]*more_sales_total/);
  const { files } = JSON.parse(read('bellwether-generated.json')) as { files: string[] };
  const rules = files.filter((path) => path.startsWith('prometheus/rules/')).map(read);
  expect(rules.join('')).toContain('https://grafana.example/d/');
  expect(rules.join('')).toContain('https://wiki/runbooks/');
  expect(rules.join('')).not.toContain('http_server_request_duration_seconds_bucket');
});

test('--without leaves out alerts, panels and boards about what the services do not have', async () => {
  const cwd = userProject({ 'meters.ts': meters() });
  const without = ['--without', 'database', 'redis'];
  expect(await generate(cwd, ...without, '--catalog', 'meters.ts')).toMatchObject({ code: 0 });
  expect(existsSync(join(cwd, 'monitoring/docs/runbooks/RedisDown.md'))).toBe(false);
  expect(existsSync(join(cwd, 'monitoring/prometheus/rules/database-alerts.yaml'))).toBe(false);

  const wrong = await generate(cwd, '--catalog', 'meters.ts', '--without', 'kafka');
  expect(wrong.err).toMatch(/Allowed choices are database, postgres/);
  expect(wrong.code).toBe(2);
});

test('a run that was stopped in the middle is repaired by the next, whatever has changed since', async () => {
  const cwd = userProject({ 'meters.ts': meters(), 'monitoring/docs/reference': 'in the way' });
  expect((await generate(cwd, '--catalog', 'meters.ts')).code).toBe(1);
  expect(existsSync(join(cwd, 'monitoring/grafana/dashboards'))).toBe(true);
  rmSync(join(cwd, 'monitoring/docs/reference'));
  const { code, err } = await generate(cwd, '--catalog', 'meters.ts', '--without', 'redis');
  expect(code, err).toBe(0);
});

test('a folder that cannot be written to is one clear error', async () => {
  const cwd = userProject({ 'meters.ts': meters(), monitoring: 'a file' });
  const { code, err } = await generate(cwd, '--catalog', 'meters.ts');
  expect(err).toMatch(/Expected .*monitoring to be a folder that we can write to, got E\w+ at /);
  expect(code).toBe(1);
});

const twice = (first: string, second: string) => `
  import { counter, defineMeters } from '@bellwether/meters';
  export const a = defineMeters('a', { x: counter('${first}', { description: 'one' }) });
  export const b = defineMeters('b', { x: counter('${second}', { description: 'two' }) });`;
const promising = `
  import { defineMeters, histogram } from '@bellwether/meters';
  const latency = { within: 0.3, target: 0.99 };
  export const meters = defineMeters('app', {
    wait: histogram('app.wait', { unit: 's', boundaries: [0.1, 1], objective: { latency } }),
  });`;
const latency = (within: number) => `
  import { catalogOf } from '@bellwether/meters';
  import { meters } from './meters.js';
  const latency = { within: ${within}, target: 0.99 };
  export default { catalogs: [meters], objectives: [{ service: 'app', latency }] };`;

test.each([
  ['an unknown unit', meters(`unit: 'seconds',`), [], /write 's'\. \[ERR_METER_UNIT\]/],
  [
    'an objective between two buckets',
    promising,
    [],
    /one of 0\.1, 1.*got 0\.3.*\[ERR_METER_OBJECTIVE\]/,
  ],
  ['two meters of one name', twice('a.b', 'a_b'), [], /ERR_SPEC_NAME_CLASH: .*a_b/],
  [
    'more series than the budget',
    meters('attributes: { a: upTo(100), b: upTo(100) }'),
    ['--tenant-budget', '5000'],
    /ERR_SPEC_SERIES_BUDGET: .*app\.orders/,
  ],
  [
    'no meters',
    'export const port = 3000;',
    [],
    /meters that defineMeters\(\) returned, got other exports \(port\)/,
  ],
  ['nothing', 'export {};', [], /got no exports/],
])('a catalog with %s', async (_, text, args, message) => {
  const cwd = userProject({ 'meters.ts': text });
  const { code, err } = await generate(cwd, '--catalog', 'meters.ts', ...args);
  expect(err).toMatch(message);
  expect(code).toBe(1);
  expect(existsSync(join(cwd, 'monitoring'))).toBe(false);
});

test.each([
  ['an objective between two buckets', latency(0.3), /ERR_SPEC_OBJECTIVE: .*0\.3/],
  ['a field that nobody knows', 'export default { catalogs: [], tenants: 3 };', /got tenants\./],
  [
    'no spec',
    'export const spec = { catalogs: [] };',
    /as its default, got other exports \(spec\)/,
  ],
])('a spec with %s', async (_, text, message) => {
  const cwd = userProject({ 'meters.ts': meters(), 'monitoring.ts': text });
  const { code, err } = await generate(cwd, '--config', 'monitoring.ts');
  expect(err).toMatch(message);
  expect(code).toBe(1);
});

test.each([
  [['--out', 'x'], /Expected --catalog <file> or --config <file>/],
  [['--catalog', 'a.ts'], /required option '--out/],
  [
    ['--out', 'x', '--catalog', 'a.ts', '--tenant-budget', '0'],
    /--tenant-budget to be a whole number/,
  ],
  [
    ['--out', 'x', '--catalog', 'a.ts', '--histograms', 'old'],
    /Allowed choices are classic, native/,
  ],
])('generate %s is refused', async (args, message) => {
  const { code, err } = await bellwether(userProject({}), 'generate', ...args);
  expect(err).toMatch(message);
  expect(code).toBe(2);
});
