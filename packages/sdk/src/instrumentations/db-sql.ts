/** Characters of a statement that are kept. */
const MAX_LENGTH = 4_000;

const COMMENT = String.raw`/\*`;
const NUMBERS = [
  String.raw`(?<![\w$.])(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d+)?(?!\w)`,
  String.raw`(?<![\w$])0[xXoObB][0-9a-fA-F_]+`,
];

/** How a kind of server writes comments, names and literals, in the order in which they are looked for. */
const dialects = {
  postgresql: dialect(
    String.raw`--[^\n]*`,
    '"(?:[^"]|"")*(?:"|$)',
    String.raw`\b[eE]'(?:[^'\\]|''|\\[\s\S])*(?:'|$)`,
    String.raw`(?:\b[xXbBnN]|\b[uU]&)?'(?:[^']|'')*(?:'|$)`,
    String.raw`\$([A-Za-z_]\w*)?\$[\s\S]*?(?:\$\1\$|$)`,
  ),
  mysql: dialect(
    String.raw`--(?=\s|$)[^\n]*`,
    String.raw`#[^\n]*`,
    '`(?:[^`]|``)*(?:`|$)',
    String.raw`"(?:[^"\\]|""|\\[\s\S])*(?:"|$)`,
    String.raw`(?:\b[xXbBnN])?'(?:[^'\\]|''|\\[\s\S])*(?:'|$)`,
  ),
  // Whatever it is: what stands in quotes of either kind may be data.
  unknown: dialect(
    String.raw`--[^\n]*`,
    '`(?:[^`]|``)*(?:`|$)',
    '"(?:[^"]|"")*(?:"|$)',
    String.raw`(?:\b[xXbBnN])?'(?:[^']|'')*(?:'|$)`,
  ),
};

function dialect(...parts: readonly string[]): RegExp {
  return new RegExp([COMMENT, ...parts, ...NUMBERS].join('|'), 'g');
}

/** By `db.system.name` of semantic conventions, and what it was before. */
const dialectOf: Readonly<Record<string, keyof typeof dialects>> = {
  postgresql: 'postgresql',
  postgres: 'postgresql',
  cockroachdb: 'postgresql',
  mysql: 'mysql',
  mysql2: 'mysql',
  mariadb: 'mysql',
};

/**
 * A statement with every literal as `?` and without comments. Names, parameters (`$1`) and keywords stay.
 * What is longer than 4,000 characters is cut; so is what follows a literal of which nobody can tell where it ends, because
 * that depends on a setting of the server.
 *
 * @param system The `db.system.name`; of one that is not known, everything in quotes is a literal.
 * @see https://opentelemetry.io/docs/specs/semconv/db/database-spans/#sanitization-of-dbquerytext
 */
export function sqlWithoutLiterals(sql: string, system = 'postgresql'): string {
  const name = dialectOf[system] ?? 'unknown';
  return shown(sql.slice(0, MAX_LENGTH), dialects[name], name === 'postgresql')
    .replace(/\s+/g, ' ')
    .trim();
}

function shown(sql: string, pattern: RegExp, quotesAreClear: boolean): string {
  let text = '';
  let from = 0;
  pattern.lastIndex = 0;
  for (let found = pattern.exec(sql); found !== null; found = pattern.exec(sql)) {
    const [part] = found;
    text += sql.slice(from, found.index);
    if (part === '/*') pattern.lastIndex = endOfComment(sql, found.index);
    from = pattern.lastIndex;
    if (!quotesAreClear && /\\['"]/.test(part)) return `${text}? ...`;
    text += replacement(part, quotesAreClear);
  }
  return text + sql.slice(from);
}

function replacement(part: string, namesInQuotes: boolean): string {
  if (part.startsWith('`') || (namesInQuotes && part.startsWith('"'))) return part;
  return /^(?:--|\/\*|#)/.test(part) ? ' ' : '?';
}

/** Comments of PostgreSQL nest; where they do not, more is hidden than need be. */
function endOfComment(sql: string, start: number): number {
  const bounds = /\/\*|\*\//g;
  bounds.lastIndex = start;
  let depth = 0;
  for (let found = bounds.exec(sql); found !== null; found = bounds.exec(sql)) {
    depth += found[0] === '/*' ? 1 : -1;
    if (depth === 0) return bounds.lastIndex;
  }
  return sql.length;
}

/** What may stand before the first word; one at a time, because a repetition of these could be split in ever so many ways. */
const lead = /[\s(]+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\//y;
const firstWord = /[A-Za-z]{1,30}\b/y;

/** The first word of a statement, such as `SELECT`; `undefined` when it has none. */
export function sqlOperation(sql: string): string | undefined {
  const text = sql.slice(0, MAX_LENGTH);
  let at = 0;
  do {
    firstWord.lastIndex = lead.lastIndex = at;
    const word = firstWord.exec(text);
    if (word !== null) return word[0].toUpperCase();
    if (lead.test(text)) at = lead.lastIndex;
    else return undefined;
  } while (at < text.length);
  return undefined;
}
