import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ensureServer } from '@bellwether/cli';
import { beforeAll, expect, test } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));

interface Service {
  readonly command?: readonly string[];
  readonly user?: string;
  readonly network_mode?: string;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly mem_limit?: string;
  readonly pids_limit?: number;
  readonly ports?: readonly object[];
  readonly healthcheck?: object;
}
type Services = Readonly<Record<string, Service>>;

let plain: Services;
let backed: Services;

beforeAll(async () => {
  const { file } = await ensureServer('docker-compose');
  const services = async (...files: string[]) => {
    const args = files.flatMap((each) => ['-f', each]);
    const { stdout } = await run(
      file,
      ['--env-file', '/dev/null', ...args, 'config', '--format', 'json'],
      { cwd: root, env: { PATH: process.env.PATH, BELLWETHER_SECRETS_GID: '12345' } },
    );
    return (JSON.parse(stdout) as { services: Services }).services;
  };
  plain = await services('compose.yaml');
  backed = await services('compose.yaml', 'compose.backup.yaml');
}, 900_000);

test('the admin API is off without backups, and with them only the guard reaches it', () => {
  expect(plain.prometheus?.command?.join(' ')).not.toContain('admin-api');
  const flags = backed.prometheus?.command ?? [];
  expect(flags).toEqual(expect.arrayContaining([...(plain.prometheus?.command ?? [])]));
  expect(flags).toContain('--web.listen-address=127.0.0.1:9091');
  expect(flags).toContain('--web.enable-admin-api');
  expect(backed['prometheus-guard']).toMatchObject({
    network_mode: 'service:prometheus',
    command: expect.arrayContaining(['0.0.0.0:9090', 'http://127.0.0.1:9091']),
  });
});

test('what backups add is confined like everything else', () => {
  const added = Object.keys(backed).filter((name) => !(name in plain));
  expect(added.sort()).toEqual(['backup', 'prometheus-guard']);
  for (const name of added) {
    const service = backed[name];
    expect(service, name).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      user: '65534:65534',
    });
    expect(service?.security_opt, name).toContain('no-new-privileges:true');
    expect(Number(service?.mem_limit), name).toBeGreaterThan(0);
    expect(service?.pids_limit, name).toBeGreaterThan(0);
    expect(service?.healthcheck, name).toBeDefined();
    expect(service?.ports, name).toBeUndefined();
  }
});
