import { readFileSync, writeFileSync } from 'node:fs';

/** Puts a table between `<!-- name -->` and `<!-- /name -->` of a page. */
export function writeTable(file, name, rows) {
  const text = readFileSync(file, 'utf8');
  const pattern = new RegExp(`<!-- ${name} -->[\\s\\S]*?<!-- /${name} -->`);
  if (!pattern.test(text)) throw new Error(`Expected <!-- ${name} --> in ${file}, got none`);
  const table = `<!-- ${name} -->\n${markdownTable(rows)}\n<!-- /${name} -->`;
  writeFileSync(
    file,
    text.replace(pattern, () => table),
  );
}

function markdownTable(rows) {
  const headings = Object.keys(rows[0]);
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [
    line(headings),
    line(headings.map((heading) => (typeof rows[0][heading] === 'number' ? '--:' : '---'))),
    ...rows.map((row) => line(headings.map((heading) => String(row[heading])))),
  ].join('\n');
}
