import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const script = fileURLToPath(new URL('../scripts/upstream.mjs', import.meta.url));

test('upstream behaves as docs/upstream says; if not, what works around it may go', () => {
  const out = execFileSync(process.execPath, [script, '--json'], { encoding: 'utf8' });
  const { programs } = JSON.parse(out) as { programs: { name: string; stillSo: boolean }[] };
  expect(programs.length).toBeGreaterThan(0);
  expect(programs.filter(({ stillSo }) => !stillSo)).toEqual([]);
}, 60_000);
