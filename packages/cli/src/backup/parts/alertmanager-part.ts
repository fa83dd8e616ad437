import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CliError } from '../../cli-error.ts';
import { ask } from './http-question.ts';
import type { PartSource } from './part-source.ts';
import type { RestoreTarget } from './restore-target.ts';

const FILE = 'silences.json';
const CODE = 'ERR_ALERTMANAGER';

/** https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml */
interface Silence {
  readonly id: string;
  readonly matchers: readonly object[];
  readonly startsAt: string;
  readonly endsAt: string;
  readonly createdBy: string;
  readonly comment: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly status: { readonly state: 'active' | 'pending' | 'expired' };
}

/** Silences that are active or to come. What has ended, and who was told of what, stays behind. */
export function alertmanagerSource(url: string): PartSource {
  return {
    name: 'alertmanager',
    from: `Alertmanager at ${url}`,
    check: () => alertmanagerVersion(url),
    async save(work) {
      const server = await alertmanagerVersion(url);
      const file = join(work, FILE);
      await writeFile(file, `${JSON.stringify(await silencesOf(url), undefined, 1)}\n`, {
        mode: 0o600,
      });
      return { server, files: [{ path: FILE, file }] };
    },
  };
}

/** Creates the silences again, under new ids, with their own ends. */
export function alertmanagerTarget(url: string, now: () => number): RestoreTarget {
  return {
    name: 'alertmanager',
    into: `Alertmanager at ${url}`,
    async check(force) {
      const there = (await silencesOf(url)).length;
      if (there > 0 && !force) {
        throw new CliError(
          'ERR_RESTORE_TARGET',
          `Expected Alertmanager at ${url} to have no silences, got ${there}; --force adds those of the backup that it lacks.`,
        );
      }
      return `silences into Alertmanager at ${url}${there > 0 ? ', added to those that are there' : ''}`;
    },
    async apply(staged) {
      const saved = JSON.parse(await readFile(join(staged, FILE), 'utf8')) as readonly Silence[];
      const there = new Set((await silencesOf(url)).map(meaningOf));
      const ended = saved.filter(({ endsAt }) => Date.parse(endsAt) <= now());
      const missing = saved.filter((each) => !ended.includes(each) && !there.has(meaningOf(each)));
      for (const { id: _id, status: _status, ...silence } of missing) {
        await ask(CODE, 'Alertmanager', `${url}/api/v2/silences`, {
          method: 'POST',
          body: silence,
        });
      }
      const left = ended.length === 0 ? '' : `, ${ended.length} had ended meanwhile`;
      return `${missing.length} silences${left}`;
    },
  };
}

async function silencesOf(url: string): Promise<readonly Silence[]> {
  const all = (await ask(CODE, 'Alertmanager', `${url}/api/v2/silences`)) as readonly Silence[];
  if (!Array.isArray(all)) {
    throw new CliError(CODE, `Expected silences from Alertmanager at ${url}, got something else.`);
  }
  return all.filter(({ status }) => status.state !== 'expired');
}

async function alertmanagerVersion(url: string): Promise<string> {
  const status = (await ask(CODE, 'Alertmanager', `${url}/api/v2/status`)) as {
    versionInfo?: { version?: string };
  };
  return `Alertmanager ${status.versionInfo?.version ?? 'of unknown version'}`;
}

/** What makes two silences the same; Alertmanager sets a start in the past to the time of creation. */
function meaningOf({ matchers, endsAt, createdBy, comment }: Silence): string {
  const sorted = matchers.map((matcher) => JSON.stringify(Object.entries(matcher).sort())).sort();
  return JSON.stringify([sorted, Date.parse(endsAt), createdBy, comment]);
}
