import { readFileSync } from 'node:fs';

/** A secret that may be replaced while we run. */
export interface SecretFile {
  /** Its lines that are not empty, at most a second old. While the file cannot be read, the last ones that could. */
  lines(): readonly string[];
  /** The first line. */
  value(): string;
}

/** Milliseconds. */
const rememberMs = 1_000;

/**
 * Reads a secret from a file, and again when what is known is a second old: a rotated secret needs no restart.
 * Throws now when the file cannot be read or is empty; the error names the file and never its content.
 */
export function openSecretFile(
  file: string,
  { now = Date.now }: { readonly now?: () => number } = {},
): SecretFile {
  let known = read(file);
  let readAt = now();
  const lines = () => {
    if (now() - readAt < rememberMs) return known;
    readAt = now();
    try {
      known = read(file);
    } catch {
      // Replaced at this moment, or gone: what was good stays good until there is another.
    }
    return known;
  };
  return { lines, value: () => lines()[0] ?? '' };
}

function read(file: string): readonly string[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(
      `Expected the secret file ${file} to be readable, got ${(error as NodeJS.ErrnoException).code}`,
    );
  }
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (lines.length === 0) {
    throw new Error(`Expected the secret file ${file} to hold a secret, got an empty file`);
  }
  return lines;
}
