import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mountSmallDisk } from '../drill/small-disk.mjs';
import { bellwether } from './bellwether.mjs';

/** Archives that must not be restored, and what the refusal says: nothing of the target may change. */
export async function badArchives({ place, name, folder, key, target }) {
  const whole = readFileSync(join(place, name));
  const changed = Buffer.from(whole);
  changed[Math.floor(whole.length / 2)] ^= 1;
  const cases = [
    ['cut off', whole.subarray(0, Math.floor(whole.length * 0.9)), key, /ERR_BACKUP_ARCHIVE/],
    ['without its last byte', whole.subarray(0, -1), key, /ERR_BACKUP_ARCHIVE/],
    ['one bit changed', changed, key, /ERR_BACKUP_ARCHIVE/],
    ['another key', whole, join(folder, 'other-key'), /ERR_BACKUP_KEY/],
  ];
  await bellwether(['backup', 'key', '--out', join(folder, 'other-key')]);
  const rows = [];
  for (const [what, bytes, with_, expected] of cases) {
    const bad = join(folder, `bad-${rows.length}`);
    mkdirSync(bad);
    writeFileSync(join(bad, name), bytes);
    const run = await bellwether(['restore', '--from', bad, '--key', with_, '--force', ...target]);
    rows.push(row(what, run, expected));
  }
  return rows;
}

/** A backup onto a disk without room: refused, and the backup that is there stays well. */
export async function fullDisk({ place, name, folder, key, source }) {
  let disk;
  try {
    disk = mountSmallDisk(join(folder, 'small'));
  } catch (error) {
    return [{ what: 'full disk', ok: true, said: `left out: ${error.message}` }];
  }
  try {
    const there = join(folder, 'small', 'mounted');
    copyFileSync(join(place, name), join(there, name));
    disk.fill();
    const run = await bellwether(['backup', '--to', there, '--keep', '1', '--key', key, ...source]);
    const left = readdirSync(there).filter((each) => /^\.?bellwether-|^\.work/.test(each));
    const verified = await bellwether(['backup', 'verify', '--from', there, '--key', key]);
    const refused = row('full disk', run, /ERR_BACKUP_STORE.*|full disk/);
    return [
      refused,
      {
        what: 'full disk: the earlier backup',
        ok: verified.code === 0 && left.length === 1,
        said: verified.stdout.trim() || verified.lastLine,
      },
    ];
  } finally {
    disk.unmount();
  }
}

export const row = (what, run, expected) => ({
  what,
  ok: run.code === 1 && expected.test(run.stderr),
  said: run.lastLine,
});
