import { readFileSync } from 'node:fs';

/**
 * The environment without empty values, and with the content of the file that `<NAME>_FILE` names in place of each of these secrets that
 * is not given itself. Throws where such a file cannot be read; the message names the variable and the path, never the content.
 */
export function withSecretFiles(
  environment: NodeJS.ProcessEnv,
  names: readonly string[],
): Record<string, string> {
  const given: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) {
    if (value !== undefined && value !== '') given[name] = value;
  }
  for (const name of names) {
    const file = given[`${name}_FILE`];
    if (file === undefined || given[name] !== undefined) continue;
    try {
      given[name] = readFileSync(file, 'utf8').trim();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw new Error(
        `Expected ${name}_FILE to name a file that can be read, got ${code} for ${file}; correct it, or give ${name}.`,
      );
    }
  }
  return given;
}
