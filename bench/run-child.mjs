import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';

const run = promisify(execFile);
const taskset = '/usr/bin/taskset';

/** Runs a Node program in a process of its own, on one core where the system can pin it, and reads the JSON it prints. */
export async function runChild(nodeArguments, { timeoutMs = 120_000 } = {}) {
  const command = [process.execPath, ...nodeArguments];
  const [file, ...args] = existsSync(taskset) ? [taskset, '-c', '1', ...command] : command;
  const { stdout } = await run(file, args, { timeout: timeoutMs, maxBuffer: 64 * 2 ** 20 });
  return JSON.parse(stdout);
}
