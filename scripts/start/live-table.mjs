/** Prints rows as a table; on a terminal each print replaces the one before. */
export function createLiveTable(stream = process.stderr) {
  let printedLines = 0;
  return {
    print(title, rows) {
      const lines = [title, ...renderTable(rows), ''];
      if (stream.isTTY && printedLines > 0) stream.write(`\x1b[${printedLines}A\x1b[0J`);
      stream.write(`${lines.join('\n')}\n`);
      printedLines = lines.length;
    },
  };
}

/** Lines of an aligned table: the keys of the first row are the headings, numbers stand to the right. */
export function renderTable(rows) {
  if (rows.length === 0) return ['  (nothing yet)'];
  const headings = Object.keys(rows[0]);
  const widths = headings.map((heading) =>
    Math.max(heading.length, ...rows.map((row) => String(row[heading]).length)),
  );
  const line = (cells, numeric) =>
    `  ${cells.map((cell, i) => (numeric(i) ? String(cell).padStart(widths[i]) : String(cell).padEnd(widths[i]))).join('  ')}`.trimEnd();
  const isNumber = (i) => typeof rows[0][headings[i]] === 'number';
  return [
    line(headings, isNumber),
    line(
      widths.map((width) => '-'.repeat(width)),
      () => false,
    ),
    ...rows.map((row) =>
      line(
        headings.map((heading) => row[heading]),
        isNumber,
      ),
    ),
  ];
}
