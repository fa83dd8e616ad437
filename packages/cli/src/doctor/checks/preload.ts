import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Preload } from '../app/node-command.ts';
import { nodeCommandsOf, parseNodeArguments, parseNodeOptions } from '../app/node-command.ts';
import type { App } from '../app/read-app.ts';
import { type Check, fail, ok, skipped, warn } from '../check.ts';
import type { DoctorContext } from '../doctor-context.ts';

const REGISTER = '@bellwether/sdk/register';
const HINT = `Start it by: node --import ${REGISTER} <file>, or with NODE_OPTIONS="--import ${REGISTER}".`;

/** Where a command line can be read, and what it loads before the application. */
export function preloadsOf({ app, running, env }: DoctorContext):
  | {
      readonly from: string;
      readonly preloads: readonly Preload[];
    }
  | undefined {
  const options = parseNodeOptions(env.NODE_OPTIONS);
  if (running !== undefined) {
    const { preloads } = parseNodeArguments(running.args);
    return { from: `process ${running.pid}`, preloads: [...options, ...preloads] };
  }
  const { scripts = {} } = app?.manifest ?? {};
  const command = nodeCommandsOf(scripts.start ?? '', scripts).at(-1);
  if (command !== undefined) {
    return { from: 'the start script', preloads: [...options, ...command.preloads] };
  }
  return options.length > 0 ? { from: 'NODE_OPTIONS', preloads: options } : undefined;
}

export const preload: Check = {
  id: 'preload',
  group: 'app',
  title: 'The SDK starts before the application',
  run(context) {
    const { app } = context;
    const found = preloadsOf(context);
    const ours = found?.preloads.find((one) => isOurs(one, app));
    if (found !== undefined && ours !== undefined) {
      return ours.flag === 'import'
        ? ok(`--import ${ours.specifier} (${found.from})`)
        : fail(
            `--${ours.flag} ${ours.specifier} (${found.from}): the preload is an ES module`,
            HINT,
          );
    }
    if (app === undefined && found === undefined) {
      return skipped('no package.json here; name the application by --app <file> or --pid <id>');
    }
    const late = app && startsInCode(app);
    if (late !== undefined) {
      return fail(`${late}: what the entry imports is loaded before it and stays unmeasured`, HINT);
    }
    if (found !== undefined) return fail(`${found.from} has no --import ${REGISTER}`, HINT);
    return warn(
      'Neither a start script nor NODE_OPTIONS tells how it is started',
      `${HINT} To look at a running process: --pid <id>.`,
    );
  },
};

/** Ours by name or path, or a file of the application that imports it. */
function isOurs({ specifier }: Preload, app: App | undefined): boolean {
  if (
    specifier.includes('@bellwether/sdk') ||
    /packages\/sdk\/(dist|src)\/register/.test(specifier)
  )
    return true;
  if (app === undefined || !/^(\.|\/|file:)/.test(specifier)) return false;
  const text = textOf(resolve(app.folder, specifier.replace(/^file:\/\//, '')));
  return text.includes('@bellwether/sdk');
}

function startsInCode(app: App): string | undefined {
  const text = app.entry === undefined ? '' : textOf(app.entry);
  if (text.includes(REGISTER)) return `the entry itself loads ${REGISTER}`;
  if (/\bstartSdk\s*\(/.test(text)) return 'the entry itself calls startSdk()';
  return undefined;
}

/** Empty where there is no such file. */
export const textOf = (file: string) =>
  statSync(file, { throwIfNoEntry: false })?.isFile() ? readFileSync(file, 'utf8') : '';
