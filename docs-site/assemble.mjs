import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, extname, join, posix } from 'node:path';

/** Pages beside docs/ that guides lead to, with their place on the site. */
const OUTSIDE = {
  'docs-site/home.md': 'index.md',
  'README.md': 'project/readme.md',
  'CONTRIBUTING.md': 'project/contributing.md',
  'SECURITY.md': 'project/security.md',
  'tools/README.md': 'project/tools.md',
};
const PICTURES = ['.svg', '.png', '.jpg'];

/** The map of the documentation: the first page of the site is home.md of this folder. */
const MAP = 'overview.md';

/**
 * Lays the site's pages out in `content`: docs/ as it is, the READMEs that guides lead to, and a page for each file of source that a page links to.
 * Nothing is changed but links. Gives the number of pages.
 */
export function assemble(root, content) {
  rmSync(content, { recursive: true, force: true });
  const places = new Map(Object.entries(OUTSIDE).filter(([file]) => existsSync(join(root, file))));
  for (const name of readdirSync(join(root, 'packages')))
    if (existsSync(join(root, 'packages', name, 'README.md')))
      places.set(`packages/${name}/README.md`, `project/${name}.md`);
  for (const file of filesBelow(root, 'docs')) {
    const place = file.slice('docs/'.length);
    if (file.endsWith('.md')) places.set(file, placeOf(place));
    else if (PICTURES.includes(extname(file))) copy(join(root, file), join(content, place));
  }
  const sources = new Set();
  for (const [file, place] of places) {
    const text = withLinks(readFileSync(join(root, file), 'utf8'), (link) =>
      linkOnSite({ root, places, sources, file, place, link }),
    );
    write(join(content, place), text);
  }
  for (const file of sources) write(join(content, sourcePlace(file)), sourcePage(root, file));
  for (const folder of ['runbooks', 'decisions']) writeList(content, folder);
  copy(join(root, 'docs/images/admin/overview.png'), join(content, 'public/overview.png'));
  return places.size + sources.size;
}

const placeOf = (page) => (page === 'README.md' ? MAP : page.replace(/README\.md$/, 'index.md'));

/** Where a link of `file` leads on the site; undefined where there is nothing to lead to. */
function linkOnSite({ root, places, sources, file, place, link }) {
  const [path, anchor] = decodeURI(link).split('#');
  const hash = anchor === undefined ? '' : `#${anchor}`;
  if (path === '') return hash;
  const target = posix
    .normalize(path.startsWith('/') ? path.slice(1) : posix.join(posix.dirname(file), path))
    .replace(/\/$/, '');
  const relative = (to) => {
    const steps = posix.relative(posix.dirname(place), to);
    return `${steps.startsWith('.') ? '' : './'}${steps}${hash}`;
  };
  if (places.has(target)) return relative(places.get(target));
  if (target.startsWith('docs/') && PICTURES.includes(extname(target)))
    return relative(target.slice('docs/'.length));
  const there = join(root, target);
  if (!existsSync(there)) throw new Error(`${file} links to ${link}, which is not there`);
  if (statSync(there).isDirectory())
    return target.startsWith('docs/')
      ? relative(`${target.slice('docs/'.length)}/index.md`)
      : undefined;
  sources.add(target);
  return relative(sourcePlace(target));
}

const sourcePlace = (file) => `source/${file.replaceAll(/[^\w/-]/g, '-')}.md`;

function sourcePage(root, file) {
  const text = readFileSync(join(root, file), 'utf8');
  const language = { '.ts': 'ts', '.mjs': 'js', '.json': 'json', '.yaml': 'yaml' }[extname(file)];
  return `# ${file}\n\n\`\`\`\`\`\`${language ?? 'text'}\n${text.trimEnd()}\n\`\`\`\`\`\`\n`;
}

/** Markdown with other links; what stands in code stays. */
export function withLinks(markdown, linkTo) {
  const parts = markdown.split(/(^[ \t]*(?:```|~~~)[\s\S]*?^[ \t]*(?:```|~~~)[ \t]*$|`[^`\n]*`)/m);
  const link = /(!?)\[((?:[^[\]]|\[[^\]]*\])*)\]\(\s*<?([^)\s>]+)>?((?:\s+"[^"]*")?)\s*\)/g;
  // Links may have code as their text, so code between them is put back afterwards.
  const code = [];
  const prose = parts
    .map((part, index) => (index % 2 === 0 ? part : `\u0000${code.push(part) - 1}\u0000`))
    .join('')
    .replace(link, (whole, picture, text, target, title) => {
      if (/^[a-z][a-z0-9+.-]*:/i.test(target)) return whole;
      const to = linkTo(target);
      return to === undefined ? text : `${picture}[${text}](${to}${title})`;
    });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: stands in no text, which is why it marks a place
  return prose.replace(/\u0000(\d+)\u0000/g, (_, index) => code[Number(index)]);
}

function writeList(content, folder) {
  const title = `${folder[0].toUpperCase()}${folder.slice(1)}`;
  const rows = readdirSync(join(content, folder))
    .filter((name) => name.endsWith('.md') && name !== 'index.md')
    .sort()
    .map((name) => {
      const text = readFileSync(join(content, folder, name), 'utf8');
      return `- [${/^# (.+)$/m.exec(text)?.[1] ?? name}](./${name})`;
    });
  write(join(content, folder, 'index.md'), `# ${title}\n\n${rows.join('\n')}\n`);
}

function filesBelow(root, folder) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => posix.join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}

function copy(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to);
}

function write(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
