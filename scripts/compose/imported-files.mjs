import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const imports = /(?:\bfrom\s+|\bimport\s*\(?\s*)'([^']+)'/g;

/** A program of the repository with every file that it imports, and what of theirs is somebody else's: `{ files, packages }`, paths below the root. */
export function importedFiles(program) {
  const files = new Set([program]);
  const packages = new Set();
  for (const file of files) {
    for (const [, name] of readFileSync(join(root, file), 'utf8').matchAll(imports)) {
      if (name.startsWith('.')) files.add(normalize(join(dirname(file), name)));
      else if (!name.startsWith('node:')) packages.add(name);
    }
  }
  return { files: [...files].toSorted(), packages: [...packages].toSorted() };
}
