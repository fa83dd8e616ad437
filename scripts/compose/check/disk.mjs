import { statfsSync } from 'node:fs';
import { join } from 'node:path';
import { failed, ok, skipped, warning } from './row.mjs';

const GiB = 2 ** 30;
/** Below it PostgreSQL and Prometheus may stop within minutes. */
const least = 1;
/** Prometheus alone keeps up to 10 GB. */
const wanted = 15;

/** There is room where the engine keeps volumes. */
export async function checkDisk({ known }) {
  const folder = known.engine?.DockerRootDir;
  const free = [folder, folder && join(folder, 'volumes')].flatMap(freeGiB);
  if (free.length === 0)
    return [skipped('disk', "the engine's folder can not be seen from here: docker system df")];
  const room = Math.min(...free);
  const line = `${room.toFixed(1)} GiB free in ${folder}`;
  const hint =
    'docker system df shows what takes it; data of the stack is in volumes named bellwether_*.';
  if (room < least) return [failed('disk', line, hint)];
  return [room < wanted ? warning('disk', line, hint) : ok('disk', line)];
}

function freeGiB(folder) {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return [(bavail * bsize) / GiB];
  } catch {
    return [];
  }
}
