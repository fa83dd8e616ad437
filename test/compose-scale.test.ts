import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ensureServer } from '@bellwether/cli';
import { beforeAll, expect, test } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));
const files = ['-f', 'compose.yaml', '-f', 'compose.scale.yaml'];

interface Service {
  readonly command?: readonly string[] | null;
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly { readonly host_ip?: string }[];
  readonly networks?: Readonly<Record<string, unknown>>;
  readonly volumes?: readonly { readonly type: string; readonly source: string }[];
  readonly healthcheck?: unknown;
}
interface Config {
  readonly services: Readonly<Record<string, Service>>;
}

let base: Config;
let scaled: Config;

beforeAll(async () => {
  const { file } = await ensureServer('docker-compose');
  const config = async (args: readonly string[]): Promise<Config> => {
    const { stdout } = await run(
      file,
      ['--env-file', '/dev/null', ...args, 'config', '--format', 'json'],
      { cwd: root, env: { PATH: process.env.PATH, BELLWETHER_SECRETS_GID: '12345' } },
    );
    return JSON.parse(stdout);
  };
  base = await config(['-f', 'compose.yaml']);
  scaled = await config(files);
}, 900_000);

const added = () =>
  Object.entries(scaled.services).filter(([name]) => !Object.hasOwn(base.services, name));

test('what is added is confined, checks its health, and is on the inner network only', () => {
  expect(added().map(([name]) => name)).toEqual(
    expect.arrayContaining(['gateway-0', 'gateway-1', 'thanos-receive-0', 'thanos-query-tenants']),
  );
  for (const [name, service] of added()) {
    expect(service, name).toMatchObject({ read_only: true, cap_drop: ['ALL'], init: true });
    expect(service, name).toHaveProperty('mem_limit');
    expect(service, name).toHaveProperty('pids_limit');
    expect(service.healthcheck, name).toBeDefined();
    expect(service.ports ?? [], name).toEqual([]);
    expect(Object.keys(service.networks ?? {}), name).toEqual(['monitoring']);
  }
});

test('files that are mounted or named on a command line are there', () => {
  for (const [name, { volumes = [], command }] of Object.entries(scaled.services)) {
    for (const { type, source } of volumes)
      if (type === 'bind' && !source.startsWith(join(root, 'secrets')))
        expect(existsSync(source), `${name}: ${source}`).toBe(true);
    for (const [, file] of (command ?? []).join(' ').matchAll(/\/etc\/(thanos\/[\w.-]+)/g))
      expect(existsSync(join(root, file ?? '')), `${name}: ${file}`).toBe(true);
  }
});

test('who is asked changes, and nothing else of the app', () => {
  const { SHOP_PROMETHEUS_URL: url, ...rest } = scaled.services.shop?.environment ?? {};
  const { SHOP_PROMETHEUS_URL: before, ...restBefore } = base.services.shop?.environment ?? {};
  expect([before, url]).toEqual(['http://prometheus:9090', 'http://thanos-query:9090']);
  expect(rest).toEqual(restBefore);
  // As an agent, Prometheus answers no questions.
  expect(scaled.services.grafana?.environment).toEqual({
    ...base.services.grafana?.environment,
    BELLWETHER_PROMETHEUS_URL: 'http://thanos-query:9090',
  });
});

test.each(['collector', 'gateway-0', 'gateway-1'])(
  'the Collector accepts what %s is started with',
  async (name) => {
    const { file } = await ensureServer('otelcol');
    const args = (scaled.services[name]?.command ?? []).map((arg) =>
      arg.replace('/etc/otelcol', join(root, 'collector')),
    );
    await expect(run(file, ['validate', ...args])).resolves.toBeDefined();
  },
  120_000,
);

test('tenants are kept apart by both doors, and the query for them knows no rules', () => {
  const command = (name: string) => scaled.services[name]?.command?.join(' ') ?? '';
  expect(command('prom-label-proxy')).toContain('-upstream=http://thanos-query-tenants:9090');
  expect(command('thanos-query-tenants')).not.toContain('thanos-rule');
  const flags = readFileSync(join(root, 'thanos/query-tenants.flags'), 'utf8').split('\n');
  expect(flags).toEqual(
    expect.arrayContaining(['--query.enforce-tenancy', '--query.tenant-header=X-Tenant']),
  );
});

test('every receiver of the ring is in the hashring, and each has a name of its own', () => {
  const [{ endpoints }] = JSON.parse(readFileSync(join(root, 'thanos/hashring.json'), 'utf8'));
  const receivers = Object.entries(scaled.services).filter(([name]) =>
    /^thanos-receive-/.test(name),
  );
  expect(endpoints.map(({ address }: { address: string }) => address)).toEqual(
    receivers.map(([name]) => `${name}:10901`),
  );
  for (const [name, { command }] of receivers)
    expect(command).toContain(`--receive.local-endpoint=${name}:10901`);
});

test('a receiver waits longer for its ring than a gateway waits for the receiver: what would be 500 is sent again', () => {
  const text = (file: string) => readFileSync(join(root, file), 'utf8');
  const [, forward] =
    /^--receive-forward-timeout=(\d+)s$/m.exec(text('thanos/receive.flags')) ?? [];
  const gateway = text('collector/config.yaml').split('otlp_http/prometheus:')[1] ?? '';
  const [, timeout] = /^ {4}timeout: (\d+)s$/m.exec(gateway) ?? [];
  expect(Number(timeout)).toBeGreaterThan(0);
  expect(Number(forward)).toBeGreaterThanOrEqual(Number(timeout) + 5);
});
