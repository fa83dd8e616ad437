import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const sdk = fileURLToPath(new URL('../../packages/sdk/', import.meta.url));
const stopSeconds = 15;

/** Starts the service of the soak and waits until it listens. `telemetry`: its environment under our SDK; without, it is the bare twin. */
export async function startTwin({ telemetry, leak }) {
  const child = fork('test/programs/soak-app.mjs', {
    cwd: sdk,
    execArgv: [
      '--expose-gc',
      ...(telemetry === undefined ? [] : ['--import', '@bellwether/sdk/register']),
    ],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      ...(telemetry ?? { SOAK_BARE: '1' }),
      SOAK_LEAK: String(leak),
    },
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    // Ctrl-C is for the soak: it stops the load first, and then these.
    detached: true,
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  const exited = once(child, 'close').then(([code, signal]) => ({ code, signal }));
  const ended = exited.then(({ code, signal }) => {
    throw new Error(`the service ended by itself (${signal ?? code}): ${stderr}`);
  });
  ended.catch(() => undefined);
  const next = async () => (await Promise.race([once(child, 'message'), ended]))[0];
  const { port } = await next();
  return {
    port,
    /** What it printed for operators. */
    lines: () => stderr.split('\n').filter((line) => line !== ''),
    sample() {
      child.send('sample');
      return next();
    },
    /** SIGTERM, as an orchestrator would; resolves to how it ended. */
    async stop() {
      const killer = setTimeout(() => child.kill('SIGKILL'), stopSeconds * 1_000);
      child.kill('SIGTERM');
      const how = await exited;
      clearTimeout(killer);
      return how;
    },
  };
}
