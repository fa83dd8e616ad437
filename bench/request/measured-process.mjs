import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';

const taskset = '/usr/bin/taskset';

/** A Node program on one core (where the system can pin it) that answers over IPC; ended when `end` is called or this process dies. */
export async function startMeasured({ args, env, core, cwd }) {
  const command = [process.execPath, ...args];
  const [file, ...rest] = existsSync(taskset) ? [taskset, '-c', String(core), ...command] : command;
  let errors = '';
  const child = spawn(file, rest, {
    cwd,
    env: { ...cleanEnvironment(), ...env },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    errors = (errors + text).slice(-4_000);
  });
  const answer = () =>
    new Promise((resolve, reject) => {
      const lost = (code, signal) =>
        reject(new Error(`${args.join(' ')} ended (${signal ?? code}):\n${errors}`));
      const late = setTimeout(() => {
        child.kill('SIGKILL');
        reject(new Error(`${args.join(' ')} did not answer in 60 s:\n${errors}`));
      }, 60_000);
      child.once('exit', lost);
      child.once('message', (message) => {
        clearTimeout(late);
        child.off('exit', lost);
        resolve(message);
      });
    });
  const { port } = await answer();
  return {
    port,
    pid: child.pid,
    ask: (question) => {
      child.send(question);
      return answer();
    },
    end: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve();
        child.once('exit', () => resolve());
        child.kill('SIGKILL');
        return undefined;
      }),
  };
}

/** What a shell of a developer sets must not decide what is measured. */
function cleanEnvironment() {
  const names = Object.keys(process.env).filter((name) => !/^(OTEL_|BELLWETHER_|NODE_)/.test(name));
  return Object.fromEntries(names.map((name) => [name, process.env[name]]));
}
