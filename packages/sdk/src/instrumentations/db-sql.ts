/** Characters of a statement that are kept. */
const MAX_LENGTH = 4_000;

/** In this order: comments, strings by every way of quoting, numbers. */
const literals = new RegExp(
  [
    String.raw`--[^\n]*`,
    String.raw`/\*[\s\S]*?(?:\*/|$)`,
    '"(?:[^"]|"")*(?:"|$)',
    String.raw`\b[eE]'(?:[^'\\]|''|\\[\s\S])*(?:'|$)`,
    String.raw`(?:\b[xXbBnN]|\b[uU]&)?'(?:[^']|'')*(?:'|$)`,
    String.raw`\$([A-Za-z_]\w*)?\$[\s\S]*?(?:\$\1\$|$)`,
    String.raw`(?<![\w$.])(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?(?!\w)`,
    String.raw`(?<![\w$])0[xXoObB][0-9a-fA-F_]+`,
  ].join('|'),
  'g',
);

/**
 * A statement of PostgreSQL with every literal as `?` and without comments. Names, parameters (`$1`) and keywords stay.
 * What is longer than 4,000 characters is cut.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/db/database-spans/#sanitization-of-dbquerytext
 */
export function sqlWithoutLiterals(sql: string): string {
  return sql
    .slice(0, MAX_LENGTH)
    .replace(literals, (literal) => {
      if (literal.startsWith('"')) return literal;
      return literal.startsWith('--') || literal.startsWith('/*') ? ' ' : '?';
    })
    .replace(/\s+/g, ' ')
    .trim();
}

/** The first word of a statement, such as `SELECT`; `undefined` when it has none. */
export function sqlOperation(sql: string): string | undefined {
  return /^(?:\s|\(|--[^\n]*\n|\/\*[\s\S]*?\*\/)*([A-Za-z]{1,30})\b/
    .exec(sql.slice(0, MAX_LENGTH))?.[1]
    ?.toUpperCase();
}
