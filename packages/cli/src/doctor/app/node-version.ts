import { execFile } from 'node:child_process';

/** The version of a Node.js binary; `undefined` when it is none. */
export function nodeVersion(file: string): Promise<string | undefined> {
  return new Promise((told) => {
    execFile(file, ['--version'], { timeout: 10_000, env: {} }, (_, stdout) =>
      told(/^v(\d+\.\d+\.\d+\S*)/.exec(stdout)?.[1]),
    );
  });
}
