import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { pinned } from './pinned.mjs';
import { stopSignal } from './stop.mjs';

const run = promisify(execFile);

/** Runs a Node program in a process of its own, on core 1 where the system can pin it, and reads the JSON it prints. */
export async function runChild(nodeArguments, { timeoutMs = 120_000 } = {}) {
  const { stdout } = await run(...pinned(1, nodeArguments), {
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
    maxBuffer: 64 * 2 ** 20,
    signal: stopSignal,
  });
  return JSON.parse(stdout);
}
