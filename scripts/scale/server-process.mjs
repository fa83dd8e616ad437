import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { poll } from '../start/poll.mjs';

const readySeconds = 90;
const stopSeconds = 60;
const pageBytes = 4096;
const ticksPerSecond = 100;

/**
 * Starts a server that is ready once `readyUrl` answers 2xx; what it prints is added to `<logFolder>/<name>.log`. It can be started again after
 * its end, as it was.
 */
export async function startServer(definition) {
  const { name, readyUrl, signal } = definition;
  const server = { name, log: logOf(definition), process: undefined };
  let spent = 0;
  const cpu = () => {
    const fields = statOf(server.process);
    return fields === undefined ? 0 : (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
  };
  server.start = async () => {
    server.process = spawnServer(definition);
    const child = server.process;
    child.ended = new Promise((resolve) => child.once('close', resolve));
    const ready = await poll(readySeconds, signal, async () => {
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(
          `Expected ${name} to run, but it ended; its log ends: ${lastLines(definition)}`,
        );
      return fetch(readyUrl, { signal: AbortSignal.timeout(1_000) }).then(
        async (response) => {
          await response.body?.cancel();
          return response.ok;
        },
        () => false,
      );
    });
    if (!ready) throw new Error(`Expected ${name} to be ready within ${readySeconds} s, it is not`);
  };
  /** Ends it by this signal and waits; SIGKILL where that is not answered. */
  server.stop = async (how = 'SIGTERM') => {
    const child = server.process;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    spent += cpu();
    child.kill(how);
    const timer = setTimeout(() => child.kill('SIGKILL'), stopSeconds * 1_000);
    await child.ended;
    clearTimeout(timer);
  };
  /** CPU seconds of all its lives. */
  server.cpuSeconds = () => spent + cpu();
  /** Resident bytes now. */
  server.memoryBytes = () => Number(statOf(server.process)?.[21] ?? 0) * pageBytes;
  try {
    await server.start();
  } catch (error) {
    await server.stop('SIGKILL');
    throw error;
  }
  return server;
}

function spawnServer({ name, file, args, env = {}, logFolder }) {
  mkdirSync(logFolder, { recursive: true });
  const log = openSync(logOf({ name, logFolder }), 'a');
  try {
    return spawn(file, args, {
      stdio: ['ignore', log, log],
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    });
  } finally {
    closeSync(log);
  }
}

/** The fields of /proc/<pid>/stat behind the name, which may have blanks. */
function statOf(child) {
  if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null)
    return undefined;
  try {
    return readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1].split(' ');
  } catch {
    return undefined;
  }
}

const logOf = ({ name, logFolder }) => join(logFolder, `${name}.log`);

function lastLines(definition) {
  return readFileSync(logOf(definition), 'utf8').trimEnd().split('\n').slice(-3).join(' | ');
}
