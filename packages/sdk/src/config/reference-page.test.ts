import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { referencePage } from './reference-page.ts';

const page = new URL('../../../../docs/reference/configuration.md', import.meta.url);

test('the page is the tables: node packages/sdk/scripts/write-reference.mjs', () => {
  expect(readFileSync(page, 'utf8')).toBe(referencePage());
});
