import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { poll } from '../start/poll.mjs';
import { askPrometheus, ordersInPostgres } from './ask.mjs';

const run = promisify(execFile);
const never = new AbortController().signal;
const title = 'Made by a person';
const comment = 'Silenced before the backup';
const files = ['-f', 'compose.yaml', '-f', 'compose.backup.yaml'];

/**
 * compose.backup.yaml over the running stack: a backup of everything, a full disk, all volumes gone but that of the backups, a restore. Gives
 * `{ seconds, parts, answers, refusals, containers }`: seconds of each step, rows of questions with their answers before and after, rows of what
 * must be refused, and what `docker inspect` says of the services that it adds.
 */
export async function tryBackup({ docker, compose }, { volumes, image }) {
  const stack = (...args) => compose(...files, ...args);
  const up = () => stack('up', '-d', '--no-build', '--wait');
  const seconds = {};
  const timed = async (what, work) => {
    process.stderr.write(`  ${what} ...\n`);
    const began = performance.now();
    const value = await work();
    seconds[what] = Math.round((performance.now() - began) / 100) / 10;
    return value;
  };

  await timed('docker compose build', () =>
    stack(
      ...['--progress', 'quiet', 'build'],
      ...['--build-arg', 'PACKED=bellwether/packed-cli:e2e', 'prometheus-guard'],
    ),
  );
  await timed('docker compose up --wait, with a first backup', up);
  const killed = await prometheusKilled();
  await askGrafana(stack, title);
  await silence(stack);
  const at = Math.floor(Date.now() / 1_000) - 30;
  const before = await askAll(stack, at);
  const { parts, size } = await timed('a backup by docker compose run backup', async () =>
    JSON.parse((await stack('run', '--rm', '-T', 'backup', '--json')).split('\n').at(-1)),
  );
  const refusals = [
    killed,
    await told(),
    await whoMayAsk(),
    await whileTheyRun(),
    ...(await onFullDisk()),
  ];
  const ids = (await stack('ps', '-q', 'backup', 'prometheus-guard')).split('\n');
  const containers = JSON.parse(await docker('inspect', ...ids));

  await timed('docker compose down, and every volume but the backups gone', async () => {
    await stack('down');
    const all = (await docker('volume', 'ls', '--quiet')).split('\n');
    await docker('volume', 'rm', ...all.filter((name) => !name.endsWith('_backups')));
  });
  await timed('docker compose up --wait, with nothing in it', up);
  const empty = await askAll(stack, at);
  await stack(
    ...['stop', 'shop', 'notifications', 'grafana', 'backup', 'prometheus-guard', 'prometheus'],
  );
  await timed('docker compose run restore', () => stack('run', '--rm', '-T', 'restore', '--force'));
  await timed('docker compose up --wait, restored', up);
  const after = await askAll(stack, at);
  const answers = Object.keys(before).map((question) => ({
    question,
    before: short(before[question]),
    'after the wipe': short(empty[question]),
    'after the restore': short(after[question]),
    same: before[question] === after[question] && before[question] !== empty[question],
  }));
  return { seconds, size, parts, answers, refusals, containers };

  /** It comes back in another network than the one that the guard shares with it. */
  async function prometheusKilled() {
    const id = await stack('ps', '-q', 'prometheus');
    process.kill(Number(await docker('inspect', '--format', '{{.State.Pid}}', id)), 'SIGKILL');
    const began = performance.now();
    const network = `container:${await stack('ps', '-q', 'shop')}`;
    const address = 'http://prometheus:9090/-/ready';
    const answers = () =>
      docker(
        ...['run', '--rm', '--network', network, image, 'timeout', '10'],
        ...['wget', '-q', '-O', '/dev/null', address],
      ).then(
        () => true,
        () => false,
      );
    const [gone, back] = [
      await poll(30, never, async () => !(await answers())),
      await poll(240, never, answers),
    ];
    return {
      what: 'Prometheus is killed: the guard follows it into its new network',
      said: back
        ? `answers again after ${Math.round((performance.now() - began) / 1_000)} s`
        : 'NOTHING',
      ok: gone && back,
    };
  }

  /** What BackupMissed asks. */
  async function told() {
    const age = 'time() - max(bellwether_backup_last_success_time_seconds)';
    let seconds = Number.NaN;
    const ok = await poll(240, never, async () => {
      seconds = Number((await askPrometheus(stack, age))[0]?.value[1] ?? Number.NaN);
      return seconds < 600;
    });
    return {
      what: 'Prometheus knows when the last backup was made',
      said: ok ? `${Math.round(seconds)} s ago` : 'NOTHING',
      ok,
    };
  }

  /** The admin API deletes series: who is in the same network must not get at it. */
  async function whoMayAsk() {
    const network = `container:${await stack('ps', '-q', 'shop')}`;
    const ask = (address) =>
      docker(
        ...['run', '--rm', '--network', network, image, 'timeout', '10', 'wget', '-q', '-O', '-'],
        ...['--post-data', '', `http://prometheus:${address}/api/v1/admin/tsdb/snapshot`],
      ).then(
        () => 'A SNAPSHOT',
        (error) => lastLine(error.message),
      );
    const said = [await ask('9090'), await ask('9091')];
    return {
      what: 'the shop asks for the admin API: by the guard, and past it',
      said: said.join('; '),
      ok: /40[13]/.test(said[0]) && /refused/.test(said[1]),
    };
  }

  async function whileTheyRun() {
    return refused('a restore while everything runs', /ERR_RESTORE_TARGET/, () =>
      stack('run', '--rm', '-T', 'restore', '--force'),
    );
  }

  /** The volumes are on a disk of their own, which is filled: no backup is made, and those that are there are whole. */
  async function onFullDisk() {
    const ballast = join(volumes, 'ballast');
    await run('sh', ['-c', `head -c 100G /dev/zero >"${ballast}"; true`]);
    try {
      const row = await refused('a backup onto a full disk', /ERR_\w+/, () =>
        stack('run', '--rm', '-T', 'backup', '--json'),
      );
      rmSync(ballast);
      const said = await stack(
        ...[
          'exec',
          '-T',
          'backup',
          'bellwether',
          'backup',
          'verify',
          '--all',
          '--from',
          '/backups',
        ],
      );
      const lines = said.split('\n').filter((line) => line.startsWith('bellwether-'));
      return [
        row,
        {
          what: 'the earlier backups after that',
          said: `${lines.length} are well`,
          ok: lines.length > 0 && lines.every((line) => line.includes(': well;')),
        },
      ];
    } finally {
      rmSync(ballast, { force: true });
    }
  }
}

async function refused(what, expected, work) {
  const said = await work().then(
    () => 'NOTHING',
    (error) => lastLine(error.message),
  );
  return { what, said, ok: expected.test(said) };
}

/** Text by question; of Prometheus, at one time of the past. */
async function askAll(compose, at) {
  const prometheus = async (query) =>
    JSON.stringify(
      (await askPrometheus(compose, query, at))
        .map(({ metric, value }) => [metric.tenant_id ?? '', value[1]])
        .sort(),
    );
  let found;
  await poll(120, never, async () => {
    found = await prometheus('vector(1)').catch(() => undefined);
    return found !== undefined;
  });
  return {
    'Prometheus: orders': await prometheus(
      'sum by (tenant_id) (last_over_time(commerce_orders_total[1d]))',
    ),
    'Prometheus: requests': await prometheus(
      'sum by (tenant_id) (http_server_request_duration_seconds_count)',
    ),
    'Prometheus: series': await prometheus('count({__name__=~".+"})'),
    'PostgreSQL: orders': JSON.stringify(await ordersInPostgres(compose)),
    'PostgreSQL: digest of products and orders': await digest(compose),
    'Alertmanager: silences': await silences(compose),
    'Grafana: dashboards of people': await askGrafana(compose),
  };
}

const askGrafana = (compose, ...args) =>
  compose('exec', '-T', 'grafana', 'node', '/grafana-database.mjs', ...args);

const amtool = (compose, ...args) =>
  compose(
    ...['exec', '-T', 'alertmanager', 'wget', '-q', '-O', '-', ...args],
    'http://127.0.0.1:9093/api/v2/silences',
  );

async function silences(compose) {
  const all = JSON.parse(await amtool(compose));
  return JSON.stringify(
    all
      .filter(({ status }) => status.state === 'active')
      .map((each) => [each.comment, each.endsAt]),
  );
}

async function silence(compose) {
  const text = JSON.stringify({
    matchers: [{ name: 'alertname', value: 'Nothing', isRegex: false, isEqual: true }],
    startsAt: new Date().toISOString(),
    endsAt: new Date(Date.now() + 7_200_000).toISOString(),
    createdBy: 'compose:e2e',
    comment,
  });
  await amtool(compose, '--header', 'content-type: application/json', '--post-data', text);
}

async function digest(compose) {
  const query =
    "select string_agg(d, ' ') from (select md5(string_agg(t::text, '|' order by t::text)) d from orders t union all select md5(string_agg(t::text, '|' order by t::text)) from products t) x";
  return compose(
    ...['exec', '-T', 'postgres', 'sh', '-c'],
    `PGPASSWORD="$(cat /run/secrets/postgres-password)" psql -h 127.0.0.1 -U bellwether -d bellwether -Atc "${query}"`,
  );
}

const lastLine = (text) =>
  text
    .trim()
    .split('\n')
    .findLast((line) => !/^(time=| ?Container |exit status)/.test(line))
    .slice(0, 260);

const short = (text) => (text.length > 80 ? `${text.slice(0, 80)}…` : text);
