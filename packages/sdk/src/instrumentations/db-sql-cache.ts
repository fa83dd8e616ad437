// Hot: a statement is read once, not once a call. Bench: bench/request

/** Statements that are kept: SQL with literals in it would be one a call. */
const MAX_STATEMENTS = 1_000;
/** A statement of more characters has its values in it and hardly ever comes again; a thousand such would fill the heap. */
const LONGEST = 4_000;

/** `read`, remembering what it said of each statement. When there are too many, all are forgotten: those in use are soon back. */
export function rememberStatements(read: (sql: string) => string): (sql: string) => string {
  const known = new Map<string, string>();
  return (sql) => {
    if (sql.length > LONGEST) return read(sql);
    const before = known.get(sql);
    if (before !== undefined) return before;
    if (known.size >= MAX_STATEMENTS) known.clear();
    const result = read(sql);
    known.set(sql, result);
    return result;
  };
}
