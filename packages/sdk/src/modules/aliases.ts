import { fileURLToPath } from 'node:url';
import { packageManifest } from './package-manifest.ts';
import { packageOfFile } from './package-of-file.ts';

/** The package of a bare specifier: `pg` of `pg/lib/client.js`; undefined for paths, `#imports` and URLs. */
const PACKAGE_PART = /^(?:@[^/:]+\/)?[^./#:@][^/:]*(?=\/|$)/;

/**
 * The names, other than its own, under which the application's files reach a package (`npm install express4@npm:express@4`): that in
 * the code and that of the folder.
 *
 * Other packages' aliases are not looked for: a manifest would have to be read for every package that is loaded.
 */
export function aliasesOf(
  specifier: string,
  parentUrl: string | undefined,
  url: string,
): { readonly name: string; readonly aliases: readonly string[] } | undefined {
  const written = PACKAGE_PART.exec(specifier)?.[0];
  if (written === undefined || parentUrl?.includes('/node_modules/')) return undefined;
  const path = URL.parse(url)?.host === '' ? fileURLToPath(url) : '';
  const owner = packageOfFile(path);
  if (owner === undefined) return undefined;
  const { name } = packageManifest(owner.directory);
  if (name === undefined) return undefined;
  const aliases = [...new Set([written, owner.name])].filter((alias) => alias !== name);
  return aliases.length === 0 ? undefined : { name, aliases };
}
