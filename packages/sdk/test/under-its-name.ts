import { cp } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A library is known by its real name, so an alias gets a folder of that name in `folder`, and the program beside it. */
export async function underItsName(
  folder: string,
  alias: string,
  name: string,
  kind: string,
): Promise<string> {
  const require = createRequire(import.meta.url);
  const copy = join(folder, 'node_modules', name);
  await cp(dirname(require.resolve(`${alias}/package.json`)), copy, { recursive: true });
  const program = join(folder, `redis-calls.${kind}`);
  for (const file of [`redis-calls.${kind}`, 'redis-scenario.cjs']) {
    await cp(fileURLToPath(new URL(`programs/${file}`, import.meta.url)), join(folder, file));
  }
  return program;
}
