import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { extract } from 'tar-stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AgeKey, newKey, readKeyFile } from '../src/backup/archive/age-key.ts';
import { type CreateBackup, createBackup } from '../src/backup/create-backup.ts';
import type { PartSource } from '../src/backup/parts/part-source.ts';
import { readBackup } from '../src/backup/read-backup.ts';
import { restoreBackup } from '../src/backup/restore-backup.ts';
import { folderStore } from '../src/backup/store/folder-store.ts';
import { s3Store } from '../src/backup/store/s3-store.ts';
import type { Store } from '../src/backup/store/store.ts';
import { KEYS, type S3StandIn, startS3 } from './s3-stand-in.ts';

let folder: string;
let place: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bellwether-backup-'));
  place = join(folder, 'backups');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** More than one chunk of everything on the way. */
const BIG = Buffer.alloc(300_000, 'bellwether ');
const at = new Date('2026-11-21T02:15:00Z');
let released = 0;

const part = (files: Record<string, string | Buffer>, name: PartSource['name'] = 'grafana') =>
  ({
    name,
    from: 'a test',
    check: async () => 'Test 1.0',
    save: async (work) => ({
      server: 'Test 1.0',
      files: Object.entries(files).map(([path, content]) => {
        const file = join(work, path);
        mkdirSync(join(file, '..'), { recursive: true });
        writeFileSync(file, content);
        return { path, file };
      }),
      release: async () => {
        released += 1;
      },
    }),
  }) satisfies PartSource;

const create = (store: Store, more: Partial<CreateBackup> = {}) =>
  createBackup({
    store,
    parts: [part({ 'a.db': BIG, 'deep/er/b': 'b', empty: '' })],
    retention: {},
    work: join(folder, 'work'),
    at,
    say: () => {},
    ...more,
  });

async function makeKey(name: string): Promise<AgeKey> {
  const file = join(folder, name);
  writeFileSync(file, (await newKey(at)).text, { mode: 0o600 });
  return readKeyFile(file);
}

/** What is in a place besides backups that are whole. */
const leftOver = () =>
  readdirSync(place).filter((name) => name.startsWith('.') && name !== '.lock');
const visible = () => readdirSync(place).filter((name) => !name.startsWith('.'));

describe('in a folder', () => {
  const store = () => folderStore(place, process.pid);

  test('one file, with a name of its time, closed to others, that tar reads', async () => {
    const made = await create(store());
    expect(made).toMatchObject({
      name: 'bellwether-20261121T021500Z.tar',
      encrypted: false,
      verified: 'contents',
      parts: [{ name: 'grafana', server: 'Test 1.0', files: 3, size: 300_001 }],
    });
    expect(visible()).toEqual([made.name]);
    expect(leftOver()).toEqual([]);
    expect(readdirSync(join(folder, 'work'))).toEqual([]);
    expect(released).toBeGreaterThan(0);
    const names: string[] = [];
    const tar = extract();
    Readable.from([readFileSync(join(place, made.name))]).pipe(tar);
    for await (const entry of tar) {
      names.push(entry.header.name);
      entry.resume();
    }
    expect(names).toEqual([
      ...['manifest.json', 'grafana/a.db', 'grafana/deep/er/b', 'grafana/empty', 'end.json'],
    ]);
  });

  test('wherever it is cut off, it is refused', async () => {
    const { name, size } = await create(store());
    const file = join(place, name);
    const whole = readFileSync(file);
    const cuts = [0, 1, 511, 512, 1_000, 5_000, size - 2_048, size - 1_024, size - 512, size - 1];
    for (const cut of cuts) {
      truncateSync(file, cut);
      await expect(
        readBackup(await store().read(name), undefined),
        `cut at ${cut}`,
      ).rejects.toThrow(expect.objectContaining({ code: 'ERR_BACKUP_ARCHIVE' }));
      writeFileSync(file, whole);
    }
    await expect(readBackup(await store().read(name), undefined)).resolves.toBeDefined();
  });

  test.each([
    ['a file', 'bellwether bellwether', 'BELLWETHER bellwether'],
    ['the manifest', '"Test 1.0"', '"Test 9.9"'],
    ['the end', 'manifestSha256', 'manifestSha257'],
    ['a name', 'grafana/deep/er/b', 'grafana/deep/er/c'],
  ])('%s that was changed is found', async (_, from, to) => {
    const { name } = await create(store());
    const file = join(place, name);
    const text = readFileSync(file, 'latin1');
    expect(text).toContain(from);
    writeFileSync(file, text.replaceAll(from, to), 'latin1');
    await expect(readBackup(await store().read(name), undefined)).rejects.toThrow(
      expect.objectContaining({ code: 'ERR_BACKUP_ARCHIVE' }),
    );
  });

  test('something else is no backup', async () => {
    mkdirSync(place);
    writeFileSync(join(place, 'bellwether-20261121T021500Z.tar'), 'hello');
    await expect(
      readBackup(await store().read('bellwether-20261121T021500Z.tar'), undefined),
    ).rejects.toThrow(/Expected a whole backup of bellwether/);
  });

  test('encrypted: only its own key opens it, and no byte can be changed', async () => {
    const [key, other] = [await makeKey('key'), await makeKey('other')];
    const { name, verified, size } = await create(store(), { key });
    expect([name.endsWith('.tar.age'), verified]).toEqual([true, 'contents']);
    const file = join(place, name);
    expect(readFileSync(file, 'latin1')).not.toContain('manifest');
    const read = async (with_: AgeKey | undefined) => readBackup(await store().read(name), with_);
    await expect(read(key)).resolves.toMatchObject({ parts: [{ name: 'grafana' }] });
    await expect(read(other)).rejects.toThrow(
      /ERR|Expected the key that this backup is encrypted to/,
    );
    await expect(read(undefined)).rejects.toThrow(/got no --key/);
    const whole = readFileSync(file);
    for (const position of [40, 200, 70_000, size - 20]) {
      const spoilt = Buffer.from(whole);
      spoilt.writeUInt8(spoilt.readUInt8(position) ^ 1, position);
      writeFileSync(file, spoilt);
      await expect(read(key), `byte ${position}`).rejects.toThrow(/Expected/);
    }
    for (const cut of [10, 100, 65_536 + 300, size - 1]) {
      writeFileSync(file, whole.subarray(0, cut));
      await expect(read(key), `cut at ${cut}`).rejects.toThrow(/Expected/);
    }
  });

  test('a public key is enough to make one, and not to read it', async () => {
    const key = await makeKey('key');
    const file = join(folder, 'public');
    writeFileSync(file, key.recipients.join('\n'));
    const open = await readKeyFile(file);
    const { name, verified } = await create(store(), { key: open });
    expect(verified).toBe('bytes');
    await expect(readBackup(await store().read(name), open)).rejects.toThrow(/a secret key/);
    await expect(readBackup(await store().read(name), key)).resolves.toBeDefined();
  });

  test('where a key is given, a backup that is not encrypted is not taken', async () => {
    const { name } = await create(store());
    await expect(readBackup(await store().read(name), await makeKey('key'))).rejects.toThrow(
      /Expected an encrypted backup/,
    );
  });

  test('older ones go when the new one is well, and not before', async () => {
    for (const day of ['17', '18', '19', '20'])
      await create(store(), { at: new Date(`2026-11-${day}T02:15:00Z`) });
    const failing: PartSource = { ...part({}), save: () => Promise.reject(new Error('no')) };
    await expect(create(store(), { parts: [failing], retention: { last: 1 } })).rejects.toThrow(
      'no',
    );
    expect(visible()).toHaveLength(4);
    const { removed } = await create(store(), { retention: { last: 2 } });
    expect(removed).toEqual([
      ...['19', '18', '17'].map((day) => `bellwether-202611${day}T021500Z.tar`),
    ]);
    expect(visible()).toHaveLength(2);
  });

  test('a file that changes while it is packed makes no backup', async () => {
    const changing: PartSource = {
      ...part({}),
      save: async (work) => {
        const file = join(work, 'x');
        writeFileSync(file, 'before');
        return { server: 'Test', files: [{ path: 'x', file }] };
      },
    };
    const written = folderStore(place, process.pid);
    const spoiling: Store = {
      ...written,
      write: (name, bytes, check) => {
        writeFileSync(
          readdirSync(join(folder, 'work')).map((each) =>
            join(folder, 'work', each, 'grafana', 'x'),
          )[0] ?? '',
          'after!',
        );
        return written.write(name, bytes, check);
      },
    };
    await expect(create(spoiling, { parts: [changing] })).rejects.toThrow(/to stay as it was/);
    expect(visible()).toEqual([]);
    expect(leftOver()).toEqual([]);
  });

  test('what a killed backup left is removed by the next, and not what another is still writing', async () => {
    mkdirSync(place);
    const [killed, written] = ['20', '21'].map(
      (day) => `.bellwether-202611${day}T011500Z.tar.partial`,
    ) as [string, string];
    for (const name of [killed, written]) writeFileSync(join(place, name), 'half');
    const before = Date.now() / 1000 - 2 * 3_600;
    utimesSync(join(place, killed), before, before);
    expect(await store().list()).toEqual([]);
    await create(store());
    expect(leftOver()).toEqual([written]);
  });

  test('two at once: the second is refused', async () => {
    const release = await store().claim();
    await expect(create(store())).rejects.toThrow(
      expect.objectContaining({ code: 'ERR_BACKUP_RUNNING' }),
    );
    release();
    await expect(create(store())).resolves.toBeDefined();
  });

  test('a manifest leads nowhere outside', async () => {
    const { name } = await create(store());
    const file = join(place, name);
    const text = readFileSync(file, 'latin1');
    writeFileSync(
      file,
      text.replaceAll('grafana/deep/er/b', 'grafana/../../../x'.slice(0, 17)),
      'latin1',
    );
    await expect(readBackup(await store().read(name), undefined)).rejects.toThrow(/cannot be read/);
  });

  test('a restore that is refused has changed nothing', async () => {
    const { name } = await create(store());
    const staging = join(folder, 'staging');
    let applied = 0;
    const target = {
      name: 'grafana' as const,
      into: 'a test',
      staging,
      check: async () => 'one database',
      apply: async () => {
        applied += 1;
        return 'done';
      },
    };
    const restore = async () =>
      restoreBackup({
        stored: await store().read(name),
        targets: [target],
        ...{ force: false, dryRun: false },
        work: folder,
        say: () => {},
      });
    const file = join(place, name);
    const whole = readFileSync(file);
    writeFileSync(file, whole.subarray(0, whole.length - 600));
    await expect(restore()).rejects.toThrow(/Nothing was changed/);
    expect([applied, existsSync(staging)]).toEqual([0, false]);
    writeFileSync(file, whole);
    expect(await restore()).toMatchObject({ parts: [{ name: 'grafana', done: 'done' }] });
    expect([applied, existsSync(staging)]).toEqual([1, false]);
  });
});

describe('in a bucket', () => {
  let s3: S3StandIn;
  beforeEach(async () => {
    s3 = await startS3('vault');
  });
  afterEach(() => s3.stop());
  const store = (secretAccessKey: string = KEYS.secretAccessKey) =>
    s3Store(
      {
        bucket: 'vault',
        prefix: 'shop/',
        endpoint: s3.endpoint,
        region: 'eu-central-1',
        accessKeyId: KEYS.accessKeyId,
        secretAccessKey,
      },
      100_000,
    );

  test('made, listed, read, removed; every request is signed', async () => {
    s3.objects.set('shop/notes.txt', Buffer.from('mine'));
    s3.objects.set('bellwether-20201121T021500Z.tar', Buffer.from('of another folder'));
    const { name, removed } = await create(store());
    expect([...s3.objects.keys()]).toContain(`shop/${name}`);
    expect((await store().list()).map((backup) => backup.name)).toEqual([name]);
    await expect(readBackup(await store().read(name), undefined)).resolves.toBeDefined();
    expect(removed).toEqual([]);
    const later = new Date('2026-11-22T02:15:00Z');
    const second = await create(store(), { at: later, retention: { last: 1 } });
    expect(second.removed).toEqual([name]);
    expect((await store().list()).map((backup) => backup.name)).toEqual([second.name]);
    expect(s3.objects.has('shop/notes.txt')).toBe(true);
    expect(s3.refused).toEqual([]);
  });

  test('a wrong key is said, without the key', async () => {
    const error = await create(store('wrong')).catch((failed: unknown) => failed);
    expect(error).toMatchObject({ code: 'ERR_BACKUP_STORE' });
    expect(String(error)).toMatch(/s3:\/\/vault\/shop\//);
    expect(String(error)).not.toContain('wrong');
  });

  test('an upload that breaks off leaves nothing, and earlier backups as they were', async () => {
    const { name } = await create(store());
    s3.mostParts = 1;
    const failed = create(store(), { at: new Date(), retention: { last: 1 } });
    await expect(failed).rejects.toThrow(expect.objectContaining({ code: 'ERR_BACKUP_STORE' }));
    expect([...s3.objects.keys()]).toEqual([`shop/${name}`]);
    expect(s3.uploads.size).toBe(0);
  });

  test('what was not kept as it was sent is taken away again', async () => {
    s3.spoil = (content) => content.subarray(0, -1);
    await expect(create(store())).rejects.toThrow(/to keep what it was given/);
    expect(s3.objects.size).toBe(0);
  });
});
