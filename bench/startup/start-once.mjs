import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { pinned } from '../pinned.mjs';
import { stopSignal } from '../stop.mjs';

const TIMEOUT_MS = 60_000;

/**
 * Starts an app of apps/ once: `{ wallMs, cpuMs, rssMiB }` at the point where it says so. `wallMs`: since it was spawned, on the clock of
 * the machine.
 */
export async function startOnce({ app, flags, cwd, env }) {
  const file = fileURLToPath(new URL(`apps/${app}.cjs`, import.meta.url));
  const [command, args] = pinned(1, [...flags, file]);
  const spawnedAt = performance.timeOrigin + performance.now();
  const child = spawn(command, args, {
    cwd,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    timeout: TIMEOUT_MS,
    killSignal: 'SIGKILL',
    signal: stopSignal,
  });
  const [report, errors] = await Promise.all([
    textOf(child.stdio[3]),
    textOf(child.stderr),
    new Promise((resolve, reject) => {
      child.once('close', resolve);
      child.once('error', reject);
    }),
  ]);
  if (report === '') throw new Error(`it did not start: ${errors.trim().slice(0, 400)}`);
  const { at, ...costs } = JSON.parse(report);
  return { wallMs: at - spawnedAt, ...costs };
}

async function textOf(stream) {
  stream.setEncoding('utf8');
  let text = '';
  for await (const part of stream) text += part;
  return text;
}
