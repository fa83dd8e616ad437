import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../../examples/batch', import.meta.url));
const mostSeconds = 60;

/** Runs the nightly job, instrumented by the same flag, to its end. Returns the lines that it printed; rejects where it did not end well. */
export function closeDay(environment) {
  const child = spawn(
    process.execPath,
    ['--import', '@bellwether/sdk/register', 'src/close-day.ts'],
    {
      cwd: folder,
      env: { ...process.env, ...environment, OTEL_SERVICE_NAME: 'batch' },
      stdio: ['ignore', 'pipe', 'pipe'],
      // As every service: a terminal's Ctrl-C is for the command in front.
      detached: true,
    },
  );
  let printed = '';
  let complained = '';
  child.stdout.on('data', (chunk) => {
    printed += chunk;
  });
  child.stderr.on('data', (chunk) => {
    complained += chunk;
  });
  const late = setTimeout(() => child.kill('SIGKILL'), mostSeconds * 1_000);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(late);
      if (code === 0)
        resolve(
          printed
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line)),
        );
      else
        reject(
          new Error(`Expected the nightly job to end well, got ${signal ?? code}: ${complained}`),
        );
    });
  });
}
