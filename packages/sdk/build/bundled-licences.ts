import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Rolldown } from 'tsdown';

const MARK = '/node_modules/';

/** Writes the licences of the packages whose code is in the bundle beside it, as they ask for. Fails when one has none. */
export function bundledLicences(fileName: string): Rolldown.Plugin {
  return {
    name: 'bundled-licences',
    generateBundle(_options, bundle) {
      const folders = new Set<string>();
      for (const output of Object.values(bundle)) {
        if (output.type !== 'chunk') continue;
        for (const id of output.moduleIds) {
          const folder = packageFolder(id.replace(/^\0/, ''));
          if (folder !== undefined) folders.add(folder);
        }
      }
      this.emitFile({ type: 'asset', fileName, source: notices([...folders].sort()) });
    },
  };
}

function packageFolder(file: string): string | undefined {
  const mark = file.lastIndexOf(MARK);
  if (mark === -1) return undefined;
  const [scope = '', name = ''] = file.slice(mark + MARK.length).split('/');
  return join(file.slice(0, mark + MARK.length), scope, scope.startsWith('@') ? name : '');
}

/** Packages under the same words share one paragraph. */
function notices(folders: readonly string[]): string {
  const packages = new Map<string, string[]>();
  for (const folder of folders) {
    const { name, version, license } = JSON.parse(
      readFileSync(join(folder, 'package.json'), 'utf8'),
    ) as Record<string, string>;
    const words = readdirSync(folder)
      .filter((file) => /^(licen[cs]e|notice)/i.test(file))
      .map((file) => readFileSync(join(folder, file), 'utf8').trim());
    if (words.length === 0) throw new Error(`Expected a licence in ${name}, got none`);
    const text = words.join('\n\n');
    packages.set(text, [...(packages.get(text) ?? []), `${name} ${version} (${license})`]);
  }
  return [...packages]
    .map(([text, names]) => `${names.join('\n')}\n\n${text}\n`)
    .join(`\n${'-'.repeat(80)}\n\n`);
}
