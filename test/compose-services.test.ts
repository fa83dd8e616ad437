import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ensureServer } from '@bellwether/cli';
import { beforeAll, expect, test } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));

interface Service {
  readonly user?: string;
  readonly command?: readonly string[] | null;
  readonly working_dir?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly { readonly host_ip?: string; readonly published: string }[];
  readonly networks?: Readonly<Record<string, { readonly aliases?: readonly string[] } | null>>;
  readonly secrets?: readonly { readonly source: string }[];
  readonly healthcheck?: { readonly disable?: boolean };
}
interface Config {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks: Readonly<
    Record<string, { readonly internal?: boolean; readonly ipam?: { readonly config?: unknown } }>
  >;
  readonly secrets: Readonly<Record<string, unknown>>;
}

let plain: Config;
let config: Config;

beforeAll(async () => {
  const { file } = await ensureServer('docker-compose');
  const read = async (...args: string[]): Promise<Config> => {
    const { stdout } = await run(
      file,
      ['--env-file', '/dev/null', ...args, '--profile', 'batch', 'config', '--format', 'json'],
      { cwd: root, env: { PATH: process.env.PATH, BELLWETHER_SECRETS_GID: '12345' } },
    );
    return JSON.parse(stdout);
  };
  plain = await read('-f', 'compose.yaml');
  config = await read('-f', 'compose.yaml', '-f', 'compose.services.yaml');
}, 900_000);

const added = () =>
  Object.entries(config.services).filter(([name]) => !Object.hasOwn(plain.services, name));

test('each service is confined, checks its health, and starts a program that is there', () => {
  expect(added().map(([name]) => name)).toEqual([
    ...['auth', 'batch', 'chat', 'gateway', 'users', 'worker'],
  ]);
  for (const [name, service] of added()) {
    expect(service, name).toMatchObject({
      ...{ read_only: true, cap_drop: ['ALL'], init: true, user: '1000:1000' },
      security_opt: ['no-new-privileges:true'],
    });
    expect(service, name).toHaveProperty('mem_limit');
    expect(service, name).toHaveProperty('cpus');
    expect(service, name).toHaveProperty('pids_limit');
    if (name !== 'batch') expect(service.healthcheck?.disable, name).not.toBe(true);
    const program = join(service.working_dir ?? '', service.command?.at(-1) ?? '');
    expect(existsSync(program.replace('/app/', root)), program).toBe(true);
    for (const variable of Object.keys(service.environment ?? {}))
      if (/TOKEN|DATABASE_URL|REDIS_URL/.test(variable)) expect(variable, name).toMatch(/_FILE$/);
    for (const { source } of service.secrets ?? []) expect(config.secrets).toHaveProperty(source);
  }
});

test('the gateway and the chat are published, on loopback; the others have no way out', () => {
  const ports = added().flatMap(([name, service]) =>
    (service.ports ?? []).map(({ host_ip, published }) => [name, host_ip, published]),
  );
  expect(ports).toEqual([
    ['chat', '127.0.0.1', '3002'],
    ['gateway', '127.0.0.1', '3001'],
  ]);
  const outside = added().filter(([, service]) => Object.hasOwn(service.networks ?? {}, 'edge'));
  expect(outside.map(([name]) => name)).toEqual(['chat', 'gateway']);
});

test('whose baggage is believed: names of the network of the services, its addresses, and Redis', () => {
  const network = config.networks.app;
  expect(network?.internal).toBe(true);
  expect(network?.ipam?.config).toEqual([{ subnet: '10.87.0.0/24' }]);
  const aliases = Object.values(config.services).flatMap(
    ({ networks }) => networks?.app?.aliases ?? [],
  );
  const believers = Object.entries(config.services).filter(
    ([, { environment }]) => environment?.BELLWETHER_BAGGAGE_HOSTS !== undefined,
  );
  expect(believers.map(([name]) => name)).toEqual(
    expect.arrayContaining([...added().map(([name]) => name), 'shop', 'notifications']),
  );
  for (const [name, { environment }] of believers) {
    const hosts = environment?.BELLWETHER_BAGGAGE_HOSTS?.split(',') ?? [];
    expect(hosts, name).toContain('10.87.0.0/24');
    for (const host of hosts.filter((each) => each.endsWith('.app')))
      expect(aliases, `${name}: ${host}`).toContain(host);
    for (const [variable, value] of Object.entries(environment ?? {}))
      if (/^(AUTH|CHAT|NOTIFICATIONS|STOREFRONT|USERS)_URL$/.test(variable))
        expect(hosts, `${name}: ${variable}`).toContain(new URL(value).hostname);
  }
});
