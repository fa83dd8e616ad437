import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { failed, ok, skipped } from './row.mjs';

/** Seconds by which clocks may differ: far less than what Prometheus and tokens put up with. */
const tolerance = 30;

/**
 * The engine's clock is ours, as that of a virtual machine that slept is not, and ours is not behind what it wrote itself. A clock that is ahead, and agrees with
 * nobody else's, can not be told from a right one.
 */
export async function checkClocks({ root, known }) {
  const now = Date.now();
  const hint =
    'Set it by NTP (timedatectl set-ntp true): times of samples, sessions and tokens follow from it.';
  const newest = newestFile(root);
  const behind = newest === undefined ? 0 : (newest.time - now) / 1000;
  if (behind > tolerance) {
    return [
      failed(
        'clock',
        `this machine's clock says ${iso(now)}, and ${newest.name} was written at ${iso(newest.time)}`,
        hint,
      ),
    ];
  }
  if (known.engine === undefined) return [skipped('clock', 'no engine to compare with')];
  const apart = (Date.parse(known.engine.SystemTime) - now) / 1000;
  if (Math.abs(apart) > tolerance) {
    const where = `${Math.round(Math.abs(apart))} s ${apart > 0 ? 'ahead of' : 'behind'}`;
    return [failed('clock', `the Docker engine's clock is ${where} this machine's`, hint)];
  }
  return [ok('clock', `${iso(now)}, the engine's too`)];
}

function newestFile(root) {
  const secrets = join(root, 'secrets');
  const names = existsSync(secrets) ? readdirSync(secrets).map((name) => `secrets/${name}`) : [];
  return ['compose.yaml', ...names]
    .map((name) => ({ name, time: statSync(join(root, name)).mtimeMs }))
    .toSorted((a, b) => b.time - a.time)
    .at(0);
}

const iso = (time) => new Date(time).toISOString().slice(0, 19).concat('Z');
