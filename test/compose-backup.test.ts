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
  readonly group_add?: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly volumes?: readonly { readonly source: string; readonly read_only?: boolean }[];
  readonly healthcheck?: { readonly interval?: string };
}
type Services = Readonly<Record<string, Service>>;

let plain: Services;
let backed: Services;
/** With what is started by hand. */
let restoring: Services;

beforeAll(async () => {
  const { file } = await ensureServer('docker-compose');
  const services = async (...files: string[]) => {
    const args = files.flatMap((each) => (each.startsWith('-') ? [each] : ['-f', each]));
    const { stdout } = await run(
      file,
      ['--env-file', '/dev/null', ...args, 'config', '--format', 'json'],
      { cwd: root, env: { PATH: process.env.PATH, BELLWETHER_SECRETS_GID: '12345' } },
    );
    return (JSON.parse(stdout) as { services: Services }).services;
  };
  plain = await services('compose.yaml');
  backed = await services('compose.yaml', 'compose.backup.yaml');
  restoring = await services('compose.yaml', 'compose.backup.yaml', '--profile=restore');
}, 900_000);

test('the admin API is off without backups, and with them only the guard reaches it', () => {
  expect(plain.prometheus?.command?.join(' ')).not.toContain('admin-api');
  const flags = backed.prometheus?.command ?? [];
  expect(flags).toEqual(expect.arrayContaining([...(plain.prometheus?.command ?? [])]));
  expect(flags).toContain('--web.listen-address=127.0.0.1:9091');
  expect(flags).toContain('--web.enable-admin-api');
  expect(backed['prometheus-guard']).toMatchObject({
    network_mode: 'service:prometheus',
    command: expect.arrayContaining([
      ...['--listen=0.0.0.0:9090', '--upstream=http://127.0.0.1:9091', '--give-up=20s'],
    ]),
  });
});

test('what backups add is confined like everything else', () => {
  const added = Object.keys(backed).filter((name) => !(name in plain));
  expect(added.sort()).toEqual(['backup', 'prometheus-guard']);
  for (const name of [...added, 'restore']) {
    const service = restoring[name];
    expect(service, name).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      user: '65534:65534',
    });
    expect(service?.security_opt, name).toContain('no-new-privileges:true');
    expect(Number(service?.mem_limit), name).toBeGreaterThan(0);
    expect(service?.pids_limit, name).toBeGreaterThan(0);
    if (name !== 'restore') expect(service?.healthcheck, name).toBeDefined();
    expect(service?.ports, name).toBeUndefined();
  }
});

test('every part has a place to be saved from and one to be restored to', () => {
  const places = (name: string) =>
    (restoring[name]?.entrypoint ?? []).filter((flag) =>
      /^--(prometheus|prometheus-data|alertmanager|grafana-db|postgres-url-file)=/.test(flag),
    );
  expect(places('backup')).toHaveLength(5);
  expect(places('restore').toSorted()).toEqual(places('backup').toSorted());
});

test("Grafana's database is read by its group, and written by the restore only", () => {
  const grafana = (name: string) =>
    restoring[name]?.volumes?.find(({ source }) => source === 'grafana');
  const [, group] = restoring.grafana?.user?.split(':') ?? [];
  expect([restoring.backup?.group_add, restoring.restore?.group_add]).toEqual([
    ['12345', group],
    ['12345', group],
  ]);
  expect(grafana('backup')?.read_only).toBe(true);
  expect(grafana('restore')?.read_only).not.toBe(true);
});

test('`up --wait` waits for the first backup, and half a minute at most after it', () => {
  expect(backed.backup?.healthcheck?.interval).toBe('30s');
});
