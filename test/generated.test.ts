import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '@bellwether/testkit';
import { expect, test } from 'vitest';
import { root } from './support/repository.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

interface Generation {
  readonly files: readonly { readonly path: string; readonly state: string }[];
  readonly removed: readonly string[];
  readonly orphaned: readonly string[];
}

async function generate(...args: readonly string[]) {
  const program = runProgram({
    file: 'packages/cli/dist/bin.js',
    args: ['generate', '--config', 'examples/monitoring.ts', '--json', ...args],
    cwd: root,
    timeoutMs: 60_000,
  });
  const { code } = await program.exited;
  expect(program.stdout, program.stderr).toMatch(/^\{/);
  return { code, said: JSON.parse(program.stdout) as Generation };
}

test('what is committed is what the catalogs give: npm run generate', async () => {
  const { code, said } = await generate('--out', '.', '--check');
  expect(said.files.filter(({ state }) => state !== 'same').map(({ path }) => path)).toEqual([]);
  expect(said).toMatchObject({ removed: [], orphaned: [] });
  expect(code).toBe(0);
});

test('generating into an empty folder gives the same bytes, but for the notes of a team', async () => {
  const out = await temporaryFolder('generated');
  const { said } = await generate('--out', out);
  expect(said.files.length).toBeGreaterThan(50);
  const differing = said.files.filter(({ path }) => {
    const committed = join(root, path);
    if (!existsSync(committed)) return true;
    return !readFileSync(committed, 'utf8').startsWith(readFileSync(join(out, path), 'utf8'));
  });
  expect(differing.map(({ path }) => path)).toEqual([]);
});
