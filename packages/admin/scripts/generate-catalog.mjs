// Writes src/catalog/default-catalog.json: what may be asked, from the queries that rules and dashboards use, for an app that counts
// by the presets. node packages/admin/scripts/generate-catalog.mjs [--check]
import { readFileSync, writeFileSync } from 'node:fs';
import { catalogOf, defineMeters } from '@bellwether/meters';
import * as presets from '@bellwether/meters/presets';
import { buildAdminCatalog, resolveSpec } from '@bellwether/mixin';

const file = new URL('../src/catalog/default-catalog.json', import.meta.url);
const catalog = catalogOf(defineMeters('presets', Object.assign({}, ...Object.values(presets))));
// Questions about objectives are the same whatever was promised of which service.
const objectives = [{ service: 'any', availability: 0.999 }];
const spec = resolveSpec({ catalogs: [catalog], objectives });
const text = `${JSON.stringify(buildAdminCatalog(spec), null, 2)}\n`;

let before = '';
try {
  before = readFileSync(file, 'utf8');
} catch {}
if (before !== text && process.argv.includes('--check')) {
  console.error(
    'Expected packages/admin/src/catalog/default-catalog.json to be what the queries give; npm run generate',
  );
  process.exit(1);
}
if (before !== text) writeFileSync(file, text);
