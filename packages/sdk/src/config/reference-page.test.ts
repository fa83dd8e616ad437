import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { configInterface } from './config-interface.ts';
import { referencePage } from './reference-page.ts';

const page = new URL('../../../../docs/reference/configuration.md', import.meta.url);

test('the page is the tables: node packages/sdk/scripts/write-reference.mjs', () => {
  expect(readFileSync(page, 'utf8')).toBe(referencePage());
});

test('so is the type of the configuration, which says in an editor what each setting means', () => {
  const type = new URL('sdk-config.ts', import.meta.url);
  expect(readFileSync(type, 'utf8')).toBe(configInterface());
});
