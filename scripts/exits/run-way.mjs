import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { runProgram } from '../../packages/testkit/dist/index.js';

const sdk = fileURLToPath(new URL('../../packages/sdk/', import.meta.url));
const preload = '@bellwether/sdk/register';
/** Milliseconds after the spawn: before Node runs anything, while our preload starts, and while the program does. */
const startUpMs = [0, 30, 60, 90, 120, 160, 200, 300];

/**
 * Lets one program end in one way, under the SDK that sends to `url`, or bare without `url`. Resolves to its exit, its output and the
 * seconds from the end's cause to the exit. `environment` wins over that of the way.
 */
export async function runWay(way, module, url, environment) {
  if (way.startUp) return runStartUps(way, module, url);
  const program = start(way, module, url, environment);
  const sent = way.signals && (await send(program, way.signals));
  const exit = await program.exited;
  const exited = Date.now();
  const marks = [...program.stdout.matchAll(/^ending (\d+)\n/gm)];
  const cause = sent ?? Number(marks.at(-1)?.[1]);
  return {
    ...exit,
    seconds: (exited - cause) / 1_000,
    stdout: program.stdout.replace(/^ending \d+\n/gm, ''),
    stderr: program.stderr,
  };
}

function start({ program, parent = false, env }, module, url, environment) {
  const file = `test/programs/exit.${module}`;
  const imports = url === undefined ? [] : [preload];
  const flags = JSON.stringify(imports.flatMap((name) => ['--import', name]));
  return runProgram({
    file: parent ? 'test/programs/exit-parent.cjs' : file,
    args: parent ? [file, program] : [program],
    imports: parent ? [] : imports,
    cwd: sdk,
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: url,
      OTEL_SERVICE_NAME: 'exits',
      BELLWETHER_PREAMBLE: 'false',
      EXIT_FLAGS: flags,
      ...env,
      ...environment,
    },
  });
}

async function send(program, signals) {
  await program.waitForLine(/^ready$/);
  const began = Date.now();
  for (const [signal, ms] of signals) {
    await Promise.race([wait(Math.max(0, began + ms - Date.now())), program.exited]);
    program.kill(signal);
  }
  return began;
}

/** The worst of several: an end that differs from the others comes first. */
async function runStartUps(way, module, url) {
  const runs = [];
  for (const ms of startUpMs) {
    const program = start(way, module, url);
    await wait(ms);
    const began = Date.now();
    program.kill('SIGTERM');
    const exit = await program.exited;
    runs.push({
      ...exit,
      seconds: (Date.now() - began) / 1_000,
      stdout: '',
      stderr: program.stderr,
    });
  }
  const odd = runs.find(({ signal, stderr }) => signal !== 'SIGTERM' || stderr !== '');
  return { ...(odd ?? runs[0]), seconds: Math.max(...runs.map(({ seconds }) => seconds)) };
}
