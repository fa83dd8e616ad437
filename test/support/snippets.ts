/** A fenced block of code in a Markdown text. */
export interface Snippet {
  readonly language: string;
  readonly code: string;
  /** Of its first line of code, from 1. */
  readonly line: number;
}

/** Fenced blocks of a Markdown text, without the indentation that they have in a list. */
export function snippetsOf(markdown: string): readonly Snippet[] {
  const found: Snippet[] = [];
  const lines = markdown.split('\n');
  for (let index = 0; index < lines.length; index += 1) {
    const [, indent = '', language = ''] = /^(\s*)```(\w+)\s*$/.exec(lines[index] ?? '') ?? [];
    if (language === '') continue;
    const end = lines.findIndex((line, at) => at > index && line.trim() === '```');
    const code = lines.slice(index + 1, end).map((line) => line.replace(indent, ''));
    found.push({ language, code: code.join('\n'), line: index + 2 });
    index = end;
  }
  return found;
}
