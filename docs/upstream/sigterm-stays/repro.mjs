// A program that waits gets SIGTERM, by itself and under the stock preload. See README.md
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';

const preload = '@opentelemetry/auto-instrumentations-node/register';
// Nothing is exported and nothing is detected, so that nothing has to be waited for.
const env = {
  ...process.env,
  OTEL_TRACES_EXPORTER: 'none',
  OTEL_METRICS_EXPORTER: 'none',
  OTEL_LOGS_EXPORTER: 'none',
  OTEL_NODE_RESOURCE_DETECTORS: 'none',
};

/** Whether it ends within these seconds. */
async function endsBySigterm(flags, seconds) {
  const program = "setInterval(() => {}, 1000); console.log('ready')";
  const child = spawn(process.execPath, [...flags, '-e', program], {
    ...{ cwd: import.meta.dirname, env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit').then(() => true);
  await once(child.stdout, 'data');
  child.kill('SIGTERM');
  const ends = await Promise.race([exited, wait(seconds * 1_000, false, { ref: false })]);
  child.kill('SIGKILL');
  await exited;
  return ends;
}

const bare = await endsBySigterm([], 30);
const stock = await endsBySigterm(['--require', preload], 3);
console.log(`ends by SIGTERM: bare ${bare}, under the stock preload within 3 s ${stock}`);
process.exitCode = bare && !stock ? 0 : 1;
