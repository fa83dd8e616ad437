// Writes docs/reference/configuration.md and src/config/sdk-config.ts from the tables: node packages/sdk/scripts/write-reference.mjs
import { writeFileSync } from 'node:fs';
import { configInterface } from '../src/config/config-interface.ts';
import { referencePage } from '../src/config/reference-page.ts';

const write = (path, text) => writeFileSync(new URL(`../${path}`, import.meta.url), text);
write('../../docs/reference/configuration.md', referencePage());
write('src/config/sdk-config.ts', configInterface());
