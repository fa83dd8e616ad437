/** A fenced block of code in a Markdown text. */
export interface Snippet {
  readonly language: string;
  readonly code: string;
  /** Of its first line of code, from 1. */
  readonly line: number;
  /** Its fence says so (```` ```js fragment ````): part of a program that the page does not show whole, so that nothing can run it. */
  readonly isFragment: boolean;
}

/** Fenced blocks of a Markdown text, without the indentation that they have in a list. */
export function snippetsOf(markdown: string): readonly Snippet[] {
  const found: Snippet[] = [];
  const lines = markdown.split('\n');
  for (let index = 0; index < lines.length; index += 1) {
    const [, indent = '', language = '', info = ''] =
      /^(\s*)```(\w+)([^`]*)$/.exec(lines[index] ?? '') ?? [];
    if (language === '') continue;
    const end = lines.findIndex((line, at) => at > index && line.trim() === '```');
    const code = lines.slice(index + 1, end).map((line) => line.replace(indent, ''));
    const isFragment = info.trim() === 'fragment';
    found.push({ language, code: code.join('\n'), line: index + 2, isFragment });
    index = end;
  }
  return found;
}
