import { runProgram } from '@bellwether/testkit';
import { expect, test } from 'vitest';
import { root } from './support/repository.ts';

const file = 'scripts/scan-secrets.mjs';

interface ScanResult {
  readonly secrets: number;
  readonly requests: number;
  readonly surfaces: ReadonlyArray<{ readonly name: string; readonly bytes: number }>;
  readonly found: readonly object[];
  readonly blind: readonly string[];
}

test('of the secrets that are planted in a running shop none leaves', {
  timeout: 240_000,
}, async () => {
  const program = runProgram({ file, args: ['--quick', '--json'], cwd: root, timeoutMs: 290_000 });
  const { code } = await program.exited;
  expect(code, `${program.stdout}\n${program.stderr}`).toBe(0);
  const result = JSON.parse(program.stdout) as ScanResult;
  expect(result.found).toEqual([]);
  expect(result.blind).toEqual([]);
  expect(result.secrets).toBeGreaterThan(40);
  for (const { name, bytes } of result.surfaces) expect(bytes, name).toBeGreaterThan(100);
});

test('with everything allowed the scan finds what was planted', {
  timeout: 240_000,
}, async () => {
  const program = runProgram({
    file,
    args: ['--quick', '--json'],
    cwd: root,
    timeoutMs: 290_000,
    env: {
      BELLWETHER_QUERY_NAMES: '*',
      BELLWETHER_ERROR_MESSAGES: 'true',
      BELLWETHER_LOGS_AS_WRITTEN: 'true',
      BELLWETHER_CLIENT_ADDRESSES: 'true',
      BELLWETHER_COMMAND_ARGUMENTS: 'true',
    },
  });
  const { code } = await program.exited;
  expect(code, program.stderr).toBe(1);
  const { found } = JSON.parse(program.stdout) as { found: { readonly kind: string }[] };
  expect(found.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['client address', 'argument', 'search words', 'log: e-mail']),
  );
});

test.each([
  [['--seconds', '0'], /Expected --seconds to be a whole number from 1 to 3600, got 0\./],
  [['--what'], /--what/],
])('npm run scan-secrets %s is refused', async (args, message) => {
  const program = runProgram({ file, args, cwd: root, timeoutMs: 60_000 });
  expect(await program.exited).toEqual({ code: 2, signal: null });
  expect(program.stderr).toMatch(message);
});
