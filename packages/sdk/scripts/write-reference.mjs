// Writes docs/reference/configuration.md from the tables: node packages/sdk/scripts/write-reference.mjs
import { writeFileSync } from 'node:fs';
import { referencePage } from '../src/config/reference-page.ts';

writeFileSync(
  new URL('../../../docs/reference/configuration.md', import.meta.url),
  referencePage(),
);
