import { execFile } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createGrafanaKey, readGrafanaKey } from '@bellwether/admin';
import { ensureServer } from '@bellwether/cli';
import { afterAll, beforeAll, expect, test } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));

interface Service {
  readonly image: string;
  readonly user?: string;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly mem_limit?: string;
  readonly cpus?: number;
  readonly pids_limit?: number;
  readonly init?: boolean;
  readonly restart?: string;
  readonly healthcheck?: unknown;
  readonly logging?: { readonly options?: Readonly<Record<string, string>> };
  readonly environment?: Readonly<Record<string, string>>;
  readonly networks?: Readonly<Record<string, unknown>>;
  readonly ports?: readonly { readonly host_ip?: string; readonly published: string }[];
  readonly volumes?: readonly {
    readonly type: string;
    readonly source: string;
    readonly read_only?: boolean;
  }[];
  readonly privileged?: boolean;
}
interface Config {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
}

let program: string;
let config: Config;
/** With every profile. */
let everything: Config;
let folder: string;

/** Not the `.env` of whoever works here. */
const compose = (
  args: readonly string[],
  env: NodeJS.ProcessEnv = { BELLWETHER_SECRETS_GID: '12345' },
) =>
  run(program, ['--env-file', '/dev/null', ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, ...env },
  });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bellwether-secrets-'));
  // Built once, like the servers.
  program = (await ensureServer('docker-compose')).file;
  config = JSON.parse((await compose(['config', '--format', 'json'])).stdout);
  everything = JSON.parse((await compose(['--profile', '*', 'config', '--format', 'json'])).stdout);
}, 900_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('without secrets it is refused, and the line says what to run', async () => {
  await expect(compose(['config', '-q'], {})).rejects.toThrow(/npm run secrets/);
});

test('every service is confined', () => {
  expect(Object.keys(config.services).length).toBeGreaterThan(10);
  for (const [name, service] of Object.entries(everything.services)) {
    expect(service, name).toMatchObject({ read_only: true, cap_drop: ['ALL'], init: true });
    expect(service.security_opt, name).toContain('no-new-privileges:true');
    expect(service.user, name).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    expect(Number(service.mem_limit), name).toBeGreaterThan(0);
    expect(service.cpus, name).toBeGreaterThan(0);
    expect(service.pids_limit, name).toBeGreaterThan(0);
    expect(service.logging?.options?.['max-size'], name).toBeDefined();
    expect(service.privileged, name).not.toBe(true);
    if (service.restart !== 'no') expect(service.healthcheck, name).toBeDefined();
    for (const { type, source, read_only } of service.volumes ?? []) {
      expect(source, name).not.toMatch(/docker\.sock/);
      expect(type !== 'bind' || read_only, `${name}: ${source}`).toBe(true);
    }
  }
});

test('one port is published, on loopback; all networks but one are internal', () => {
  const portsOf = ({ services }: Config) =>
    Object.entries(services).flatMap(([name, { ports = [] }]) =>
      ports.map(({ host_ip, published }) => [name, host_ip, published]),
    );
  expect(portsOf(config)).toEqual([['shop', '127.0.0.1', '3000']]);
  expect(portsOf(everything).toSorted()).toEqual([
    ['mailpit', '127.0.0.1', '8025'],
    ['shop', '127.0.0.1', '3000'],
  ]);
  const open = Object.entries(config.networks).filter(([, { internal }]) => internal !== true);
  expect(open.map(([name]) => name)).toEqual(['edge']);
});

test('images have exact versions, and files that are mounted are there', () => {
  for (const [name, { image, volumes = [] }] of Object.entries(everything.services)) {
    expect(image, name).toMatch(/:(v?\d+\.\d+[\w.-]*|local)$/);
    for (const { type, source } of volumes)
      if (type === 'bind' && !source.startsWith(join(root, 'secrets')))
        expect(existsSync(source), `${name}: ${source}`).toBe(true);
  }
});

test('no password is in the environment, and every secret is one that npm run secrets makes', async () => {
  for (const [name, { environment = {} }] of Object.entries(everything.services))
    for (const variable of Object.keys(environment))
      if (/PASS|SECRET|TOKEN|_KEY|DATABASE_URL|REDIS_URL/.test(variable))
        expect(variable, name).toMatch(/_FILE$/);
  await makeSecrets('all');
  for (const { file } of Object.values(config.secrets))
    expect(existsSync(file.replace(join(root, 'secrets'), join(folder, 'all/secrets'))), file).toBe(
      true,
    );
});

test('secrets are made once, random, and closed to others', async () => {
  await makeSecrets('once');
  const path = join(folder, 'once/secrets/postgres-password');
  const first = readFileSync(path, 'utf8');
  expect(first.trim().length).toBeGreaterThanOrEqual(32);
  expect(statSync(path).mode & 0o777).toBe(0o640);
  expect(readFileSync(join(folder, 'once/secrets/database-url'), 'utf8')).toContain(first.trim());
  writeFileSync(join(folder, 'once/.env'), 'MINE=1\nBELLWETHER_SECRETS_GID=1\n');
  const { stdout } = await makeSecrets('once');
  expect(stdout).toContain('0 made');
  expect(stdout).not.toContain(first.trim());
  expect(readFileSync(path, 'utf8')).toBe(first);
  expect(readFileSync(join(folder, 'once/.env'), 'utf8')).toMatch(
    /^MINE=1\nBELLWETHER_SECRETS_GID=\d+\n$/,
  );
});

test('.env keeps what others wrote, their mode and the way to the file; a reader never finds half of it', async () => {
  const env = join(folder, 'env/.env');
  const target = join(folder, 'env/of-the-team');
  mkdirSync(join(folder, 'env'));
  const before = '# ours\nBELLWETHER_SECRETS_GID=1\n\nMINE="a\nb"\r\n';
  writeFileSync(target, before, { mode: 0o660 });
  chmodSync(target, 0o660);
  symlinkSync(target, env);
  const opened = openSync(target, 'r');
  await makeSecrets('env');

  expect(readFileSync(env, 'utf8').replace(/GID=\d+/, 'GID=1')).toBe(before);
  expect(readFileSync(env, 'utf8')).not.toBe(before);
  expect(statSync(env).mode & 0o777).toBe(0o660);
  expect(lstatSync(env).isSymbolicLink()).toBe(true);
  // It was moved there whole: who had it open still reads what was.
  expect(readFileSync(opened, 'utf8')).toBe(before);
  closeSync(opened);
  expect(readdirSync(join(folder, 'env')).sort()).toEqual(['.env', 'of-the-team', 'secrets']);

  await makeSecrets('new');
  expect(statSync(join(folder, 'new/.env')).mode & 0o777).toBe(0o600);
});

test("Grafana's key set is what the app signs with", async () => {
  await makeSecrets('grafana');
  const read = (name: string) => readFileSync(join(folder, 'grafana/secrets', name), 'utf8');
  const made = read('grafana-jwks.json');
  const { id } = readGrafanaKey(join(folder, 'grafana/secrets/grafana-private-key.pem'));
  expect(JSON.parse(made).keys).toMatchObject([{ kid: id, alg: 'ES256', use: 'sig' }]);
  // The same as by `npm run grafana-key`.
  createGrafanaKey(join(folder, 'grafana/secrets'));
  expect(JSON.parse(read('grafana-jwks.json'))).toEqual(JSON.parse(made));
});

test('what the profile of traces starts is where the Collector and Grafana look for it', () => {
  const read = (path: string) => readFileSync(join(root, path), 'utf8');
  expect(Object.keys(everything.services)).toContain('tempo');
  expect(read('grafana/traces-tempo.yaml')).toMatch(
    /uid: bellwether-tempo\n[\s\S]*url: http:\/\/tempo:3200\n/,
  );
  expect(read('compose/tempo.yaml')).toMatch(
    /http_listen_port: 3200\n[\s\S]*endpoint: 0\.0\.0\.0:4318\n/,
  );
  expect(read('collector/traces-tempo.yaml')).toContain(':-http://tempo:4318}');
});

test('--check names what is missing, empty, or open to everybody', async () => {
  await makeSecrets('check');
  expect((await makeSecrets('check', '--check')).stdout).toContain('are well');
  const secret = (name: string) => join(folder, 'check/secrets', name);
  chmodSync(secret('jwt-secret'), 0o644);
  writeFileSync(secret('redis-url'), '');
  rmSync(secret('redis-users'));
  const failed = await makeSecrets('check', '--check').catch((error) => error);
  expect(failed.code).toBe(1);
  expect(failed.stderr).toMatch(/jwt-secret is open to every user.*\n?/);
  expect(failed.stderr).toMatch(/redis-url is empty/);
  expect(failed.stderr).toMatch(/redis-users is missing: run npm run secrets/);
});

const makeSecrets = (name: string, ...args: readonly string[]) =>
  run(process.execPath, [
    join(root, 'scripts/secrets.mjs'),
    '--folder',
    join(folder, name, 'secrets'),
    ...args,
  ]);
