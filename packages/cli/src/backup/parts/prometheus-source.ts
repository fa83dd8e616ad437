import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CliError } from '../../cli-error.ts';
import { promQuery } from '../../stack/prom-query.ts';
import { filesOfFolder } from './files-of-folder.ts';
import { ask } from './http-question.ts';
import type { PartSource } from './part-source.ts';

export interface PrometheusAddress {
  readonly url: string;
  /** Its `--storage.tsdb.path` as we see it: the snapshot is made there. */
  readonly dataFolder: string;
  /** For its admin API. */
  readonly token?: string;
}

const ADMIN = 'ERR_PROMETHEUS_ADMIN';
/** Writing the head to a block takes its time. */
const SNAPSHOT_MS = 15 * 60_000;
/** Prometheus compacts the head, and with it what came out of order, every two hours. */
const LATE = 'sum(increase(prometheus_tsdb_head_out_of_order_samples_appended_total[3h]))';

/** All blocks and the head, by Prometheus' own snapshot: hard links, made while it runs, removed when they have been read. */
export function prometheusSource({ url, dataFolder, token }: PrometheusAddress): PartSource {
  const at = (path: string) => `${url.replace(/\/+$/, '')}${path}`;
  const check = async () => {
    const version = await prometheusVersion(url);
    const flags = (await ask(ADMIN, 'Prometheus', at('/api/v1/status/flags'))) as {
      data?: Record<string, string>;
    };
    if (flags.data?.['web.enable-admin-api'] !== 'true') {
      throw new CliError(
        ADMIN,
        `Expected the admin API of Prometheus at ${url} to be on, got one that is off; start it with --web.enable-admin-api behind \`bellwether guard\`.`,
      );
    }
    if (!existsSync(dataFolder)) throw notItsFolder(dataFolder, 'no folder');
    return version;
  };
  return {
    name: 'prometheus',
    from: `Prometheus at ${url}`,
    check,
    async save() {
      const server = await check();
      const late = await lateSamples(url);
      const { data } = (await ask(ADMIN, 'Prometheus', at('/api/v1/admin/tsdb/snapshot'), {
        method: 'POST',
        timeoutMs: SNAPSHOT_MS,
        ...(token !== undefined && { token }),
      })) as { data?: { name?: string } };
      const name = data?.name ?? '';
      if (!/^[\w-]{10,}$/.test(name)) throw notItsFolder(dataFolder, 'no name of a snapshot');
      const folder = join(dataFolder, 'snapshots', name);
      const release = () => removeSnapshot(dataFolder, folder);
      if (!existsSync(folder)) throw notItsFolder(dataFolder, `no snapshots/${name} in it`);
      try {
        const notes = [...late, ...(await otherSnapshots(dataFolder, name))];
        return { server, files: await filesOfFolder(folder), notes, release };
      } catch (error) {
        await release();
        throw error;
      }
    },
  };
}

export async function prometheusVersion(url: string, timeoutMs = 10_000): Promise<string> {
  const said = (await ask(
    ADMIN,
    'Prometheus',
    `${url.replace(/\/+$/, '')}/api/v1/status/buildinfo`,
    { timeoutMs },
  )) as { data?: { version?: string } };
  return `Prometheus ${said.data?.version ?? 'of unknown version'}`;
}

async function removeSnapshot(dataFolder: string, folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  const all = join(dataFolder, 'snapshots');
  if (existsSync(all) && (await readdir(all)).length === 0) await rm(all, { recursive: true });
}

/** Of a backup that was killed, or of somebody else: what they link to stays on the disk, whatever the retention. */
async function otherSnapshots(dataFolder: string, own: string): Promise<readonly string[]> {
  const all = join(dataFolder, 'snapshots');
  const others = (await readdir(all)).filter((name) => name !== own);
  if (others.length === 0) return [];
  return [
    `${all} has ${others.length} more (${others.slice(0, 3).join(', ')}), as a backup that was killed leaves behind. They keep blocks on the disk that are older than the retention: remove them.`,
  ];
}

/** Samples that came out of order wait in a part of the head that a snapshot does not have. */
async function lateSamples(url: string): Promise<readonly string[]> {
  const [found] = await promQuery(url, LATE).catch(() => []);
  const count = Math.round(found?.value ?? 0);
  if (!(count > 0)) return [];
  return [
    `Prometheus took about ${count} samples out of order in the last 3 hours, as after an outage. Its snapshot lacks those that it has not compacted yet: back up again in 3 hours.`,
  ];
}

const notItsFolder = (folder: string, got: string) =>
  new CliError(
    ADMIN,
    `Expected ${folder} to be the data folder of this Prometheus, got ${got}; name it by --prometheus-data.`,
  );
