import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const { importedFiles }: ImportedFiles = await import(
  pathToFileURL(join(root, 'scripts/compose/imported-files.mjs')).href
);

interface ImportedFiles {
  readonly importedFiles: (program: string) => {
    readonly files: readonly string[];
    readonly packages: readonly string[];
  };
}

test('what makes the file of Alertmanager goes into the image with all that it imports', () => {
  const { files, packages } = importedFiles('compose/render-alertmanager.mjs');
  expect(files).toEqual(
    expect.arrayContaining([
      'compose/render-alertmanager.mjs',
      'packages/cli/src/stack/render-alertmanager-config.ts',
      'packages/cli/src/stack/glob-literal.ts',
    ]),
  );
  for (const file of files) expect(existsSync(join(root, file)), file).toBe(true);
  expect(packages).toEqual(['yaml']);
});
