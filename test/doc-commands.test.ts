import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ensureServer } from '@bellwether/cli';
import { runProgram } from '@bellwether/testkit';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { processContext } from '../packages/cli/src/context.ts';
import { cliProgram } from '../packages/cli/src/run-cli.ts';
import { commandsIn, type ToldCommand } from './support/commands-in.ts';
import { docPages } from './support/doc-pages.ts';
import { root, trackedFiles } from './support/repository.ts';

const read = (file: string) => readFileSync(join(root, file), 'utf8');
const told = (start: RegExp) =>
  docPages.flatMap(({ path, markdown }) => commandsIn(path, markdown, start));
const place = ({ page, line }: ToldCommand) => `${page}: ${line}`;

test('npm runs only scripts that are there', () => {
  const scriptsOf = (folder: string) =>
    Object.keys(JSON.parse(read(join(folder, 'package.json'))).scripts ?? {});
  const there = new Set(['.', 'examples/shop', 'examples/quickstart'].flatMap(scriptsOf));
  const commands = told(/^npm run\s/).map(({ page, words }) => ({
    page,
    script: words.find((word) => /^[a-z]/.test(word)) ?? '',
  }));
  expect(commands.length).toBeGreaterThan(50);
  expect(commands.filter(({ script }) => !there.has(script))).toEqual([]);
});

test('docker compose is asked about services that are there', () => {
  const services = Object.keys(parse(read('compose.yaml'), { merge: true }).services);
  const wrong = told(/^docker compose\s/)
    .filter(({ page }) => page === 'docs/guides/operations.md')
    .flatMap(({ line, words }) => {
      const [verb = '', ...rest] = words;
      if (!['exec', 'up', 'logs', 'kill', 'stop'].includes(verb)) return [];
      const names = rest.filter((word) => /^[a-z][a-z-]+$/.test(word));
      const asked = verb === 'exec' ? names.slice(0, 1) : names;
      return asked.filter((name) => !services.includes(name)).map((name) => `${line} (${name})`);
    });
  expect(wrong).toEqual([]);
});

describe('bellwether', () => {
  /** What the real command line says of these words, without doing what they ask. */
  async function objection(words: readonly string[]): Promise<string | undefined> {
    const program = cliProgram({ ...processContext(), out: () => {}, err: () => {} });
    for (const command of program.commands.flatMap(descendants)) command.action(() => {});
    try {
      await program.parseAsync([...words], { from: 'user' });
      return undefined;
    } catch (error) {
      const { code, exitCode, message } = error as CommandLineError;
      if (!code?.startsWith('commander.')) throw error;
      return exitCode === 0 ? undefined : `${code} ${message}`;
    }
  }

  const commands = told(/^(npx )?bellwether(?=\s|$)/).map((command) => ({
    ...command,
    // `[--json]` is how an option is shown that may be left out, `...` how the rest of a line is.
    words: command.words
      .map((word) => word.replace(/^\[(.*)\]$/, '$1'))
      .filter((word) => word !== '...'),
  }));

  test('takes every command of a block as it stands', async () => {
    const blocks = commands.filter(({ isBlock }) => isBlock);
    expect(blocks.length).toBeGreaterThan(25);
    expect(await objections(blocks)).toEqual([]);
  });

  test('takes what `npm run generate` hands on to it', async () => {
    const handedOn = told(/^npm run generate\s+--\s/).map((command) => ({
      ...command,
      words: ['generate', '--config', 'monitoring.ts', '--out', '.', ...command.words],
    }));
    expect(handedOn.length).toBeGreaterThan(2);
    expect(await objections(handedOn)).toEqual([]);
  });

  test('knows every command and option that a sentence names', async () => {
    const mentioned = commands.filter(
      ({ isBlock, words }) =>
        !isBlock &&
        words.length > 0 &&
        !words.some((word) => /^<\w/.test(word) && words[0] === word),
    );
    expect(mentioned.length).toBeGreaterThan(50);
    const isWhole = (said: string) => !/help|missingArgument|missingMandatory/i.test(said);
    expect((await objections(mentioned)).filter(isWhole)).toEqual([]);
  });

  async function objections(asked: readonly ToldCommand[]): Promise<readonly string[]> {
    const said = asked.map(async (command) => {
      const objected = await objection(command.words);
      return objected === undefined ? [] : [`${place(command)}: ${objected}`];
    });
    return (await Promise.all(said)).flat();
  }
});

type Command = ReturnType<typeof cliProgram>;
interface CommandLineError {
  readonly code?: string;
  readonly exitCode?: number;
  readonly message: string;
}

const descendants = (command: Command): readonly Command[] => [
  command,
  ...command.commands.flatMap(descendants),
];

describe('scripts of npm', () => {
  const scripts = JSON.parse(read('package.json')).scripts as Readonly<Record<string, string>>;
  /** `npm run chaos -- --quick` as the file that it runs and what that is given; the last `--help` makes it read the rest and stop. */
  const asked = [...told(/^npm (?:run )?(?=\S)/)].flatMap((command) => {
    const [name = ''] = command.words.filter((word) => /^[a-z]/.test(word));
    const [, file] = /^node (scripts\/[\w-]+\.mjs)$/.exec(scripts[name] ?? '') ?? [];
    const from = command.words.indexOf('--');
    const args = from === -1 ? [] : command.words.slice(from + 1);
    if (file === undefined || args.length === 0 || command.words.includes('-w')) return [];
    // The options of vitest and the names of packages have no help of ours; generate builds what is old before it looks at its options.
    return ['test', 'build', 'generate'].includes(name)
      ? []
      : [{ key: [file, ...args].join(' '), file, args }];
  });
  const distinct = [...new Map(asked.map((one) => [one.key, one])).values()];

  test('are given options in many places', () => {
    expect(distinct.length).toBeGreaterThan(20);
  });

  test.each(distinct)('$key', async ({ file, args }) => {
    const program = runProgram({ file: join(root, file), args: [...args, '--help'], cwd: root });
    const { code } = await program.exited;
    expect(code, program.stderr).toBe(0);
    expect(program.stdout).toMatch(/^(npm|Usage:) /);
  });
});

describe('tools of the servers', () => {
  test('promtool and amtool know every command and option', async () => {
    const commands = ['promtool', 'amtool'].flatMap((tool) =>
      told(new RegExp(`^${tool} `)).map((command) => ({ ...command, tool })),
    );
    expect(commands.length).toBeGreaterThan(5);
    const unknown: string[] = [];
    for (const command of commands.filter(({ isBlock }) => isBlock)) {
      const file = (await ensureServer(command.tool as 'promtool' | 'amtool')).file;
      const verbs = command.words.filter((word) => /^[a-z]+$/.test(word)).slice(0, 3);
      const help = await helpOf(file, verbs);
      const options = command.words.filter((word) => word.startsWith('--'));
      for (const option of options.map((word) => word.split('=')[0] ?? ''))
        if (!help.includes(option) && !help.includes(option.replace('--', '--[no-]')))
          unknown.push(`${place(command)}: ${option}`);
    }
    expect(unknown).toEqual([]);
  });

  test('otelcol is given files that are there', () => {
    const files = told(/^otelcol /).flatMap(({ words }) => words.filter((word) => /\//.test(word)));
    expect(files.length).toBeGreaterThan(5);
    expect(files.filter((file) => !trackedFiles().includes(file))).toEqual([]);
  });

  /** Help of the longest command that the words begin with: what follows may be a value. */
  async function helpOf(file: string, verbs: readonly string[]): Promise<string> {
    for (let length = verbs.length; length > 0; length -= 1) {
      const args = [...verbs.slice(0, length), '--help'];
      const said = await promisify(execFile)(file, args).catch(() => undefined);
      if (said !== undefined) return said.stdout + said.stderr;
    }
    return '';
  }
});
