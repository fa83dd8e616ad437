import { snippetsOf } from './snippets.ts';

/** A command line that a page tells people to run. */
export interface ToldCommand {
  readonly page: string;
  readonly line: string;
  readonly words: readonly string[];
}

/**
 * Command lines of a page that begin with `start`: in blocks of shell and in code between backticks, without what follows a comment, a
 * pipe or another command.
 */
export function commandsIn(page: string, markdown: string, start: RegExp): readonly ToldCommand[] {
  const blocks = snippetsOf(markdown)
    .filter(({ language }) => language === 'sh')
    .flatMap(({ code }) => code.replaceAll('\\\n', ' ').split('\n'));
  const inline = [...markdown.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
  return [...blocks, ...inline]
    .flatMap((line) => line.split(/\s#|\||&&|;|\$\(/))
    .map((line) => line.trim().replace(/^(\w+=\S+\s+)+/, ''))
    .filter((line) => start.test(line))
    .map((line) => ({
      page,
      line,
      words: line.replace(start, '').trim().split(/\s+/).filter(Boolean),
    }));
}
