import { basename } from 'node:path';

/** A module that a command line loads before the program. */
export interface Preload {
  readonly flag: 'import' | 'require' | 'loader';
  readonly specifier: string;
}

/** What a command line of Node.js says. */
export interface NodeCommand {
  readonly preloads: readonly Preload[];
  /** The program. */
  readonly script?: string;
}

const PRELOADS: Readonly<Record<string, Preload['flag']>> = {
  '--import': 'import',
  '--require': 'require',
  '-r': 'require',
  '--loader': 'loader',
  '--experimental-loader': 'loader',
};
/** Options whose value is the next word. */
const WITH_VALUE = new Set([
  '-C',
  '--conditions',
  '--env-file',
  '--env-file-if-exists',
  '--watch-path',
  '--title',
  '--input-type',
  '--exec',
  '-e',
  '--eval',
  '-p',
]);
const RUNNERS = /^(node|nodemon|tsx|ts-node|node-dev|cross-env-shell)(\.exe)?$/;

/** The options of a command line after its program, or of `NODE_OPTIONS`. */
export function parseNodeArguments(words: readonly string[]): NodeCommand {
  const preloads: Preload[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    if (!word.startsWith('-')) return { preloads, script: word };
    const equals = word.indexOf('=');
    const name = equals < 0 ? word : word.slice(0, equals);
    const flag = PRELOADS[name];
    if (flag === undefined) {
      if (equals < 0 && WITH_VALUE.has(name)) index += 1;
      continue;
    }
    if (equals < 0) index += 1;
    const specifier = equals < 0 ? words[index] : word.slice(equals + 1);
    if (specifier !== undefined) preloads.push({ flag, specifier });
  }
  return { preloads };
}

export const parseNodeOptions = (text: string | undefined): readonly Preload[] =>
  parseNodeArguments(shellWords(text ?? '')).preloads;

/** What a script of package.json runs with Node.js: every such command in it, those of `npm run` too. */
export function nodeCommandsOf(
  script: string,
  scripts: Readonly<Record<string, string>>,
  depth = 0,
): readonly NodeCommand[] {
  return script.split(/&&|\|\||[;|]/).flatMap((part) => {
    const words = shellWords(part);
    const inner = /^(npm|pnpm|yarn)$/.test(words[0] ?? '') && words[words[1] === 'run' ? 2 : 1];
    const called = inner ? scripts[inner] : undefined;
    if (called !== undefined) return depth > 3 ? [] : nodeCommandsOf(called, scripts, depth + 1);
    const at = words.findIndex((word) => RUNNERS.test(basename(word)));
    if (at < 0) return [];
    const options = words
      .slice(0, at)
      .filter((word) => word.startsWith('NODE_OPTIONS='))
      .flatMap((word) => parseNodeOptions(word.slice('NODE_OPTIONS='.length)));
    // `tsx watch app.ts`
    const rest = words.slice(at + 1).filter((word, index) => index > 0 || word !== 'watch');
    const command = parseNodeArguments(rest);
    return [{ ...command, preloads: [...options, ...command.preloads] }];
  });
}

/** Words of a simple command line: quotes and backslashes, no expansion. */
export function shellWords(text: string): readonly string[] {
  const words: string[] = [];
  for (const [word] of text.matchAll(/(?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"|'[^']*')+/g)) {
    words.push(
      word.replaceAll(/\\(.)|"((?:[^"\\]|\\.)*)"|'([^']*)'/g, (_, escaped, double, single) =>
        String(escaped ?? double ?? single).replaceAll('\\"', '"'),
      ),
    );
  }
  return words;
}
