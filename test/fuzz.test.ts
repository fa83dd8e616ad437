import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runProgram } from '@bellwether/testkit';
import { expect, test } from 'vitest';
import { root } from './support/repository.ts';

interface Property {
  readonly file: string;
  readonly name: string;
}

test('every property has a name of its own, by which npm run fuzz finds it', async () => {
  const { findProperties } = (await import(
    pathToFileURL(join(root, 'scripts/fuzz/properties.mjs')).href
  )) as { readonly findProperties: (root: string) => readonly Property[] };
  const names = findProperties(root).map(({ name }) => name);
  expect(names.length).toBeGreaterThan(20);
  expect(new Set(names).size).toBe(names.length);
});

test.each([
  [['--for', 'ever'], /Expected --for to be a time from 1s to 24h such as 60s or 5m, got ever\./],
  [['--seed', 'few'], /Expected --seed to be a whole number/],
  [['--what'], /--what/],
  [['--only', 'nothing is called so'], /Expected --only to be part of the name of a property/],
])('npm run fuzz %s is refused', async (args, message) => {
  const program = runProgram({ file: 'scripts/fuzz.mjs', args, cwd: root, timeoutMs: 60_000 });
  expect(await program.exited).toEqual({ code: 2, signal: null });
  expect(program.stderr).toMatch(message);
});
