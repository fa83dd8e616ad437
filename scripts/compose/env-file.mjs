import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The variables that Compose sees in `folder`: those of .env, and over them those of the environment. */
export function readEnvironment(folder, environment) {
  const file = join(folder, '.env');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const lines = [...text.matchAll(/^\s*(?:export\s+)?(\w+)\s*=\s*(.*?)\s*$/gm)];
  return {
    ...Object.fromEntries(
      lines.map(([, name, value]) => [name, value.replace(/^(['"])(.*)\1$/, '$2')]),
    ),
    ...environment,
  };
}
