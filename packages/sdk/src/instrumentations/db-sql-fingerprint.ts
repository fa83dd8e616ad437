import { createHash } from 'node:crypto';

const NAME = `(?:${['"(?:[^"]|"")+"', '`(?:[^`]|``)+`', String.raw`[A-Za-z_][\w$]*`].join('|')})`;
const PATH = `${NAME}(?:\\.${NAME}){0,2}`;
/** What is read from, and is no function: `FROM generate_series(1, 9)`. */
const READ = String.raw`\b(?:FROM|JOIN)\s(?:ONLY\s)?(${PATH})(?![\w$.]|\s?\()`;
const WRITTEN = String.raw`\b(?:INTO|UPDATE|TABLE)\s(?:ONLY\s|IF\s(?:NOT\s)?EXISTS\s)?(${PATH})`;
const target = new RegExp(`${READ}|${WRITTEN}`, 'i');
/** Functions whose arguments have a FROM of their own. */
const functions = /\b(?:EXTRACT|TRIM|SUBSTRING|OVERLAY)\s?\([^()]*\)/gi;

/** The first table that a statement names, without its schema and quotes. The statement has no literals and no comments any more. */
export function sqlCollection(text: string): string | undefined {
  const [, read, written] = target.exec(text.replace(functions, '')) ?? [];
  const path = read ?? written;
  if (path === undefined) return undefined;
  const last = path.match(new RegExp(NAME, 'g'))?.at(-1);
  return last?.replace(/^(["`])([\s\S]*)\1$/, '$2');
}

/**
 * Sixteen hexadecimal digits that are the same for statements that differ in their values, in how many there are in a list, and in spaces.
 * Made from a statement without literals and comments, so nothing of its values is in them.
 */
export function sqlFingerprint(text: string): string {
  const shape = text
    .replace(/\$\d+/g, '?')
    .replace(/\?(?:\s?,\s?\?)+/g, '?')
    .replace(/\(\s?\?\s?\)(?:\s?,\s?\(\s?\?\s?\))+/g, '(?)')
    .replace(/\?(?:\s\?)+/g, '?');
  return createHash('sha256').update(shape).digest('hex').slice(0, 16);
}
