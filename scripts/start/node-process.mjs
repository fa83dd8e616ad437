import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const shop = fileURLToPath(new URL('../../examples/shop', import.meta.url));
const startSeconds = 90;
const stopSeconds = 30;

/**
 * Starts a program of the shop, as `dist/server.js`, or of another folder, instrumented by one flag and nothing else, and waits until it
 * says where it listens. What it prints goes to `<logFolder>/<name>.log`; `onExit` is told when it ends by itself.
 */
export async function startNodeProcess({
  name,
  folder = shop,
  program,
  port = 0,
  environment,
  logFolder,
  onExit,
}) {
  mkdirSync(logFolder, { recursive: true });
  const logFile = join(logFolder, `${name}.log`);
  const log = createWriteStream(logFile, { flags: 'a' });
  const child = spawn(process.execPath, ['--import', '@bellwether/sdk/register', program], {
    cwd: folder,
    env: { ...process.env, ...environment, PORT: String(port), HOST: '127.0.0.1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A terminal's Ctrl-C is for the command in front: it stops the load first, and then these.
    detached: true,
  });
  const exited = new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  let stopping = false;
  exited.then((how) => {
    if (!stopping)
      onExit(`${name} ended by itself (${how.signal ?? `exit code ${how.code}`}); see ${logFile}`);
  });
  child.stderr.pipe(log, { end: false });
  const listening = new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      log.write(`${line}\n`);
      const address = /listens on (http:\/\/[^"\s]+)/.exec(line)?.[1];
      if (address !== undefined) resolve(address);
    });
    exited.then(() =>
      reject(new Error(`Expected ${name} to listen, but it ended; see ${logFile}`)),
    );
  });
  const inTime = new AbortController();
  const late = wait(startSeconds * 1000, undefined, { signal: inTime.signal }).then(() => {
    throw new Error(`Expected ${name} to listen within ${startSeconds} s; see ${logFile}`);
  });
  let address;
  try {
    address = await Promise.race([listening, late]);
  } catch (error) {
    stopping = true;
    child.kill('SIGKILL');
    throw error;
  } finally {
    late.catch(() => undefined);
    inTime.abort();
  }
  return {
    name,
    address,
    pid: child.pid,
    /** SIGTERM, as an orchestrator would, or another signal; SIGKILL only when that is not answered. Returns how it ended. */
    async stop(signal = 'SIGTERM') {
      stopping = true;
      child.kill(signal);
      const how = await Promise.race([exited, wait(stopSeconds * 1000, undefined, { ref: false })]);
      if (how === undefined) {
        child.kill('SIGKILL');
        throw new Error(
          `Expected ${name} to end within ${stopSeconds} s of ${signal}; it was killed`,
        );
      }
      log.end();
      return how;
    },
  };
}
