import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CreateBackup, createBackup } from '../src/backup/create-backup.ts';
import type { PartSource, SavedPart } from '../src/backup/parts/part-source.ts';
import type { RestoreTarget } from '../src/backup/parts/restore-target.ts';
import { restoreBackup } from '../src/backup/restore-backup.ts';
import { folderStore } from '../src/backup/store/folder-store.ts';
import { processContext } from '../src/context.ts';
import { runCli } from '../src/run-cli.ts';

let folder: string;
let place: string;
let released: string[];
let applied: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bellwether-stopped-'));
  place = join(folder, 'backups');
  released = [];
  applied = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

type Save = PartSource['save'];

const saved =
  (name: PartSource['name']): Save =>
  async (work): Promise<SavedPart> => {
    const file = join(work, 'a');
    writeFileSync(file, 'secret');
    const release = async () => void released.push(name);
    return { server: 'Test 1.0', files: [{ path: 'a', file }], release };
  };

const part = (name: PartSource['name'], save: Save = saved(name)): PartSource => ({
  ...{ name, from: 'a test', save },
  check: async () => 'Test 1.0',
});

const create = (more: Partial<CreateBackup>) =>
  createBackup({
    store: folderStore(place, process.pid),
    parts: [part('grafana')],
    retention: {},
    work: join(folder, 'work'),
    at: new Date('2026-11-21T02:15:00Z'),
    say: () => {},
    ...more,
  });

/** What is in the place of backups, and what in the folder of unpacked data. */
const left = () => [
  readdirSync(place).filter((name) => name !== '.lock'),
  readdirSync(join(folder, 'work')),
];

const stops: Readonly<Record<string, (stop: AbortController) => Partial<CreateBackup>>> = {
  'while a part is saved': (stop) => {
    const hangs: Save = (work, signal) => {
      writeFileSync(join(work, 'half'), 'secret');
      return new Promise((_, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason));
        stop.abort();
      });
    };
    return { parts: [part('postgres'), part('grafana', hangs)] };
  },
  'between two parts': (stop) => {
    const save: Save = async (work) => {
      const done = await saved('postgres')(work);
      stop.abort();
      return done;
    };
    return { parts: [part('postgres', save), part('grafana')] };
  },
  'while it is packed': (stop) => ({
    parts: [part('postgres')],
    say: (text) => {
      if (text === 'packing') stop.abort();
    },
  }),
};

test.each(Object.keys(stops))(
  'told to stop %s, it leaves nothing of what it had begun',
  async (when) => {
    const stop = new AbortController();
    const stopped = create({ ...stops[when]?.(stop), signal: stop.signal });
    await expect(stopped).rejects.toMatchObject({ code: 'ERR_BACKUP_STOPPED' });
    expect(released).toEqual(['postgres']);
    expect(left()).toEqual([[], []]);
    // And the place is free for the next one.
    await create({});
  },
);

test('a snapshot that can not be removed spoils no backup, and keeps nothing else from being removed', async () => {
  const said: string[] = [];
  const stuck: Save = async (work) => ({
    ...(await saved('prometheus')(work)),
    release: () => Promise.reject(new Error('EACCES: permission denied')),
  });
  const { name } = await create({
    parts: [part('prometheus', stuck), part('grafana')],
    say: (text) => said.push(text),
  });
  expect(left()).toEqual([[name], []]);
  expect(released).toEqual(['grafana']);
  expect(said.join('\n')).toMatch(/prometheus: .*could not be removed: EACCES/);
});

const target = (name: RestoreTarget['name'], more: Partial<RestoreTarget> = {}): RestoreTarget => ({
  ...{ name, into: 'a test' },
  check: async () => 'a place',
  apply: async () => {
    applied.push(name);
    return 'done';
  },
  ...more,
});

/** Restores what was backed up just now. */
async function restore(targets: readonly RestoreTarget[], signal: AbortSignal) {
  const store = folderStore(place, process.pid);
  const { name } = await create({ parts: [part('postgres'), part('grafana')] });
  const how = { force: false, dryRun: false, work: join(folder, 'work'), say: () => {} };
  return restoreBackup({ stored: await store.read(name), targets, signal, ...how });
}

test('a restore that is told to stop before it changes anything changes nothing', async () => {
  const stop = new AbortController();
  const check = async () => {
    stop.abort();
    return 'a place';
  };
  const restored = restore([target('postgres'), target('grafana', { check })], stop.signal);
  await expect(restored).rejects.toMatchObject({ code: 'ERR_BACKUP_STOPPED' });
  expect(applied).toEqual([]);
  expect(readdirSync(join(folder, 'work'))).toEqual([]);
});

test('one that is told so while it changes something goes on to its end', async () => {
  const stop = new AbortController();
  const apply = async () => {
    stop.abort();
    applied.push('postgres');
    return 'done';
  };
  const { parts } = await restore([target('postgres', { apply }), target('grafana')], stop.signal);
  expect(parts.map(({ name }) => name)).toEqual(['postgres', 'grafana']);
  expect(applied).toEqual(['postgres', 'grafana']);
});

test('the command that makes one backup stops when told, and says that there is none', async () => {
  const database = join(folder, 'grafana.db');
  const sqlite = new DatabaseSync(database);
  sqlite.exec('create table dashboard (title text)');
  sqlite.close();
  mkdirSync(place);
  const errors: string[] = [];
  let code = 0;
  let stop = () => {};
  await runCli(['backup', '--to', place, '--grafana-db', database], {
    ...processContext(),
    env: {},
    out: () => {},
    err: (text) => {
      errors.push(text);
      if (text === 'packing') stop();
    },
    setExitCode: (given) => {
      code = given;
    },
    onStopSignal: (listener) => {
      stop = () => listener('SIGTERM');
      return () => {};
    },
  });
  expect([code, errors.join('\n')]).toEqual([1, expect.stringContaining('ERR_BACKUP_STOPPED')]);
  expect(readdirSync(place).filter((name) => name !== '.lock')).toEqual([]);
});
