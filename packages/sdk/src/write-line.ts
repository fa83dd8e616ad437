import { writeSync } from 'node:fs';

/** One line on stderr, at once, also in the last moment of the process. A stderr that is closed or full is no reason to fail. */
export function writeLine(line: string): void {
  try {
    writeSync(2, `${line}\n`);
  } catch {
    // Nobody listens.
  }
}
