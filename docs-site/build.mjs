// Builds the site into docs-site/dist: pages, API reference, then every link. Run by `npm run docs`. Prints one JSON document.
import { fileURLToPath } from 'node:url';
import { build } from 'vitepress';
import { writeApi } from './api.mjs';
import { assemble } from './assemble.mjs';
import { brokenLinks } from './check-links.mjs';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const here = `${root}/docs-site`;
const say = (text) => process.stderr.write(`${text}\n`);
// VitePress and TypeDoc print to standard output; that belongs to the result.
console.log = (...parts) => say(parts.join(' '));
console.info = console.log;

const pages = assemble(root, `${here}/.content`);
say(`${pages} pages of docs/ and what they link to`);
const packages = await writeApi(root, `${here}/.content/api`);
say(`reference of ${packages} entry points`);
await build(here);
const { broken, ...counts } = brokenLinks(`${here}/dist`, process.env.BELLWETHER_DOCS_BASE ?? '/');
for (const { page, link } of broken.slice(0, 50))
  say(`${page} links to ${link}, which is not there`);
process.stdout.write(`${JSON.stringify({ ...counts, broken, folder: 'docs-site/dist' })}\n`);
process.exitCode = broken.length > 0 ? 1 : 0;
