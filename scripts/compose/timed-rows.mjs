/** Rows `{ what, seen, ok, seconds }` of what was tried: `row(what, work)` adds one, of what `work` gives. */
export function timedRows() {
  const rows = [];
  return {
    rows,
    row: async (what, work) => {
      process.stderr.write(`  ${what} ...\n`);
      const began = performance.now();
      const { seen, ok } = await work();
      rows.push({ what, seen, ok, seconds: Math.round((performance.now() - began) / 100) / 10 });
    },
  };
}
