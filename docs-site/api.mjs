import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Application } from 'typedoc';

/** Writes the reference of every published package, from its sources, into `target`. Gives the number of entry points. */
export async function writeApi(root, target) {
  const entryPoints = readdirSync(join(root, 'packages')).flatMap((name) => entriesOf(root, name));
  const app = await Application.bootstrapWithPlugins({
    entryPoints,
    tsconfig: join(root, 'tsconfig.json'),
    plugin: ['typedoc-plugin-markdown'],
    out: target,
    name: 'API',
    readme: 'none',
    entryFileName: 'index',
    hidePageHeader: true,
    hideBreadcrumbs: true,
    useCodeBlocks: true,
    disableSources: true,
    excludeExternals: true,
    excludeInternal: true,
    excludePrivate: true,
    // Types are checked by npm test; here they are only read.
    skipErrorChecking: true,
    treatWarningsAsErrors: false,
    logLevel: 'Error',
  });
  const project = await app.convert();
  if (project === undefined) throw new Error('TypeDoc could not read the sources');
  for (const module of project.children ?? []) module.name = specifierOf(module.name);
  await app.generateOutputs(project);
  if (app.logger.hasErrors()) throw new Error('TypeDoc found errors; they are printed above');
  return entryPoints.length;
}

/** `meters/src/presets`, as TypeDoc calls a module by its place, as an import names it: `@bellwether/meters/presets`. */
const specifierOf = (place) => `@bellwether/${place.replace(/\/src(?=\/|$)/, '')}`;

/** Sources of what a published package exports, but for what has side effects only. */
function entriesOf(root, name) {
  const manifest = JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8'));
  if (manifest.private === true) return [];
  return Object.values(manifest.exports ?? {})
    .filter((file) => typeof file === 'string' && /^\.\/dist\/(?!register)[\w-]+\.js$/.test(file))
    .map((file) =>
      join(root, 'packages', name, file.replace('./dist/', 'src/').replace(/\.js$/, '.ts')),
    );
}
