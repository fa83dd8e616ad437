import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { docSnippets, type PageSnippet } from './doc-pages.ts';
import { root } from './repository.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Followed to the letter by a test of its own, or run by that of its package. */
const RUN_ELSEWHERE = new Set([
  'docs/guides/getting-started.md',
  'packages/meters/README.md',
  'packages/mixin/README.md',
]);

/** What a reader of that page has beside the programs on it. */
const BESIDE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'docs/guides/sdk.md': { 'app.js': 'export default {};\n' },
  'docs/guides/monitoring-as-code.md': {
    'src/meters.ts': `import { counter, defineMeters } from '@bellwether/meters';
export const meters = defineMeters('shop', { orders: counter('shop.orders', { unit: '{order}' }) });
`,
  },
};

/** A program that a page shows whole, as the file that the page says it is. */
export interface DocProgram extends PageSnippet {
  readonly file: string;
}

/** Whole programs of all pages. The first line of a program may name its file: `// meters.js`. */
export const docPrograms: readonly DocProgram[] = docSnippets(/^(ts|js)$/)
  .filter(({ page, isFragment }) => !isFragment && !RUN_ELSEWHERE.has(page))
  .map((snippet) => {
    const [, named] = /^\/\/ ([\w./-]+\.[jt]s)\n/.exec(snippet.code) ?? [];
    return { ...snippet, file: named ?? `line-${snippet.line}.${snippet.language}` };
  });

/** The programs of a page in a folder, with the packages of this repository installed. */
export async function layOut(page: string): Promise<string> {
  const folder = await temporaryFolder('page');
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  const files: Record<string, string> = {
    'package.json': '{ "name": "reader", "version": "1.0.0", "type": "module" }\n',
    ...BESIDE[page],
  };
  for (const { file, code, page: its } of docPrograms) if (its === page) files[file] = code;
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  }
  return folder;
}
