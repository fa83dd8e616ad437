import { snippetsOf } from './snippets.ts';

/** A command line that a page tells people to run. */
export interface ToldCommand {
  readonly page: string;
  readonly line: string;
  /** Without quotation marks. */
  readonly words: readonly string[];
  /** Whether it stands in a block, to be copied; else it is mentioned in a sentence, perhaps not whole. */
  readonly isBlock: boolean;
}

/**
 * Command lines of a page that begin with `start`: in blocks of shell and in code between backticks, without what follows a comment, a
 * pipe or another command.
 */
export function commandsIn(page: string, markdown: string, start: RegExp): readonly ToldCommand[] {
  const blocks = snippetsOf(markdown)
    .filter(({ language }) => language === 'sh')
    .flatMap(({ code }) => code.replaceAll('\\\n', ' ').split('\n'))
    .map((line) => ({ line, isBlock: true }));
  const inline = [...markdown.matchAll(/(?<!`)`([^`\n]+)`/g)].map(([, line = '']) => ({
    line,
    isBlock: false,
  }));
  return [...blocks, ...inline]
    .flatMap(({ line, isBlock }) => commandsOf(line).map((one) => ({ line: one, isBlock })))
    .map(({ line, isBlock }) => ({ line: line.replace(/^(\w+=\S+\s+)+/, ''), isBlock }))
    .filter(({ line }) => start.test(line))
    .map(({ line, isBlock }) => ({
      page,
      line,
      words: wordsOf(line.replace(start, '')),
      isBlock,
    }));
}

/** The commands of a line, without its comment. What stands in quotation marks parts nothing. */
function commandsOf(line: string): readonly string[] {
  const marks = /'[^']*'|"[^"]*"/g;
  const hidden = line.replace(marks, (quoted) => quoted.replaceAll(/[#|&;$(]/g, '\u0000'));
  const parts = hidden.split(/(\s#.*$|\||&&|;|\$\()/);
  return parts.flatMap((part, index) => {
    const at = parts.slice(0, index).join('').length;
    return index % 2 === 0 ? [line.slice(at, at + part.length).trim()] : [];
  });
}

const wordsOf = (line: string): readonly string[] =>
  (line.match(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g) ?? []).map((word) => word.replaceAll(/['"]/g, ''));
