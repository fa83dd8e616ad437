import { readFileSync } from 'node:fs';

/**
 * The environment without empty values, and with the content of the file that `<NAME>_FILE` names in place of each of these settings that
 * is not given itself: containers get secrets so. Throws where such a file cannot be read; the message names the variable and the path, never the content.
 */
export function withSettingFiles(
  environment: NodeJS.ProcessEnv,
  names: readonly string[],
): Record<string, string> {
  const given = Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
  const files = names.flatMap((name) => {
    const file = given[name] === undefined ? given[`${name}_FILE`] : undefined;
    return file === undefined ? [] : [[name, read(`${name}_FILE`, file)] as const];
  });
  return { ...given, ...Object.fromEntries(files) };
}

function read(variable: string, file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(
      `Expected ${variable} to name a file that can be read, got ${code} for ${file}; correct it, or give the value itself`,
    );
  }
}
