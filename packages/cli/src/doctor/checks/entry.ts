import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, extname, relative } from 'node:path';
import { readManifest } from '../app/manifest.ts';
import type { App } from '../app/read-app.ts';
import { type Check, fail, ok, skipped, warn } from '../check.ts';

const ESM_SYNTAX = /^\s*(import\s[^(]|import\s*\{|import\s*['"]|export\s)/m;
const REQUIRE = /^\s*(const|let|var)\s.*=\s*require\(/m;

export const entry: Check = {
  id: 'entry',
  group: 'app',
  title: 'The entry and its module format',
  run({ app }) {
    if (app === undefined)
      return skipped('no package.json here; name the application by --app <file>');
    if (app.entry === undefined) {
      return skipped('neither the start script nor `main` names a file; name it by --app <file>');
    }
    const shown = relative(app.folder, app.entry);
    if (!statSync(app.entry, { throwIfNoEntry: false })?.isFile()) {
      return fail(
        `${shown}, which ${app.entryFrom} names, does not exist`,
        'Build the application, or correct the start script.',
      );
    }
    const text = readFileSync(app.entry, 'utf8');
    const type = typeAround(app);
    const format = formatOf(app.entry, type, text);
    if (format === 'ES module' && REQUIRE.test(text) && !text.includes('createRequire')) {
      return fail(
        `${shown} is an ES module ("type": "${type ?? ''}") and calls require()`,
        'Rename it to .cjs, or write import.',
      );
    }
    if (format === 'CommonJS' && ESM_SYNTAX.test(text) && extname(app.entry) === '.cjs') {
      return fail(`${shown} is CommonJS and has import or export statements`, 'Rename it to .mjs.');
    }
    if (format === 'CommonJS' && ESM_SYNTAX.test(text) && type === 'commonjs') {
      return fail(
        `${shown} is CommonJS ("type": "commonjs") and has import or export statements`,
        'Set "type": "module" in package.json, or rename the file to .mjs.',
      );
    }
    if (format === 'ES module by its syntax') {
      return warn(
        `${shown} is an ES module by its syntax alone: Node.js parses it twice`,
        'Set "type": "module" in package.json.',
      );
    }
    return ok(`${shown} (${app.entryFrom}): ${format}`);
  },
};

/** "type" of the package.json nearest to the entry. */
function typeAround({ entry = '', folder, manifest }: App): string | undefined {
  for (
    let place = dirname(entry);
    place.startsWith(folder) && place !== folder;
    place = dirname(place)
  ) {
    const nearer = readManifest(place);
    if (nearer !== undefined) return nearer.type;
  }
  return manifest.type;
}

function formatOf(file: string, type: string | undefined, text: string): string {
  const ending = extname(basename(file));
  if (ending === '.mjs' || ending === '.mts') return 'ES module';
  if (ending === '.cjs' || ending === '.cts') return 'CommonJS';
  if (type === 'module') return 'ES module';
  if (type === 'commonjs') return 'CommonJS';
  return ESM_SYNTAX.test(text) ? 'ES module by its syntax' : 'CommonJS';
}
