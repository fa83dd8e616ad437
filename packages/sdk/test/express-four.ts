import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));

/**
 * An application folder in which `express` is Express 4. Here that has an alias, by which not every Node.js
 * lets us know a library.
 */
export function expressFourFolder(programs: readonly string[]): { path: string; remove(): void } {
  const path = mkdtempSync(join(here, 'express-4-'));
  writeFileSync(join(path, '.gitignore'), '*\n');
  const installed = dirname(createRequire(import.meta.url).resolve('express4/package.json'));
  cpSync(installed, join(path, 'node_modules/express'), { recursive: true, dereference: true });
  for (const program of programs) cpSync(join(here, 'programs', program), join(path, program));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
