import { spawn } from 'node:child_process';
import { pinned } from '../pinned.mjs';

const answerMs = 60_000;

/**
 * A Node program on one core (where the system can pin it) that says `{ port }` over IPC when it is ready and then answers what it is
 * asked. It dies when `end` is called, and with this process.
 */
export async function startMeasured({ args, env, core, cwd }) {
  let errors = '';
  const [file, fileArguments] = pinned(core, args);
  const child = spawn(file, fileArguments, {
    cwd,
    env: { ...cleanEnvironment(), ...env },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
  child.stderr.setEncoding('utf8').on('data', (text) => {
    errors = (errors + text).slice(-4_000);
  });
  const answer = () =>
    new Promise((resolve, reject) => {
      const settle = (result) => {
        clearTimeout(late);
        child.off('exit', lost).off('error', reject).off('message', answered);
        return result;
      };
      const fail = (why) => reject(settle(new Error(`${args.join(' ')} ${why}:\n${errors}`)));
      const lost = (code, signal) => fail(`ended (${signal ?? code})`);
      const answered = (message) => resolve(settle(message));
      const late = setTimeout(() => {
        kill();
        fail(`did not answer in ${answerMs / 1_000} s`);
      }, answerMs);
      child.once('exit', lost).once('error', reject).once('message', answered);
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
        kill();
        return undefined;
      }),
  };
}

/** What a shell of a developer sets must not decide what is measured. */
function cleanEnvironment() {
  const others = /^(OTEL_|BELLWETHER_|NODE_|DD_|NEW_RELIC_|SPLUNK_|ELASTIC_)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !others.test(name)));
}
