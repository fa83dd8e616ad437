import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root, workspaces } from './support/repository.ts';

const page = 'docs/decisions/0003-dependencies.md';

test('every run-time dependency has its reason in writing', () => {
  const text = readFileSync(join(root, page), 'utf8');
  const silent = workspaces().flatMap(({ folder, dependencies }) =>
    dependencies
      .filter((name) => !name.startsWith('@bellwether/') && !text.includes(`\`${name}\``))
      .map((name) => `${folder}: ${name} is not named in ${page}`),
  );
  expect(silent).toEqual([]);
});
