import { existsSync } from 'node:fs';
import { cpus } from 'node:os';

const taskset = '/usr/bin/taskset';
const canPin = existsSync(taskset) && cpus().length > 1;

/** `[file, args]` to run a Node program on one core, where the system can pin it: 0 for load and sinks, 1 for what is measured. */
export function pinned(core, nodeArguments) {
  const command = [process.execPath, ...nodeArguments];
  return canPin
    ? [taskset, ['-c', String(core), ...command]]
    : [process.execPath, [...nodeArguments]];
}
