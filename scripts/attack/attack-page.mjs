/** The page of the documentation that has every attack and what came back. */
export function attackPage(rows, { leaks, faults }) {
  const lines = [
    '<!-- Written by npm run attack -- --write from what came back; do not edit. -->',
    '# Attacks on the admin area',
    '',
    '`npm run attack` does all of this to running servers, and `npm test` with it: to [@bellwether/admin](admin.md) in front of a real Prometheus and',
    "a real prom-label-proxy with two tenants, and to the [shop's login area](shop.md#the-admin-area) with a real PostgreSQL and a real Redis. Every answer is",
    'searched for words and figures that only somebody else may have; after each, everybody who was logged in still is.',
    '',
    `${rows.length} attacks: ${leaks} leaks, ${faults} faults of the server, 0 crashes. Where it says *closed*, the server ended the connection without a word,`,
    'or the request was one that no client sends. A 200 is an answer about the asker alone, or that of somebody else who was served meanwhile.',
    '',
  ];
  for (const [target, ofTarget] of Map.groupBy(rows, (row) => row.target)) {
    lines.push(`## The ${target}`, '');
    for (const [kind, members] of Map.groupBy(ofTarget, (row) => row.kind)) {
      lines.push(`### ${kind[0].toUpperCase()}${kind.slice(1)}`, '');
      lines.push('| what was tried | came back |', '|---|---|');
      for (const { what, status, code } of members)
        lines.push(
          `| ${cell(what)} | ${status === 0 ? 'closed' : status}${code && ` ${cell(code)}`} |`,
        );
      lines.push('');
    }
  }
  return lines.join('\n');
}

/** As code, on one line, at most so long that a table can show it. */
function cell(text) {
  const line = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"');
  const short = line.length > 100 ? `${line.slice(0, 97)}...` : line;
  // Letters that cannot be seen, or turn the line around, stand as what they are called.
  const visible = short.replace(
    /[^\x20-\x7e]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `\`${visible.replaceAll('`', "'").replaceAll('|', '\\|')}\``;
}
