import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, normalize, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Import, importsOf, packageOf } from './support/imports.ts';
import { root, trackedFiles, type Workspace, workspaces } from './support/repository.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

/** Whom each package may import of our own: the arrows of docs/README.md. Tests may use testkit besides. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  '@bellwether/meters': [],
  '@bellwether/sdk': ['@bellwether/meters'],
  '@bellwether/mixin': ['@bellwether/meters'],
  '@bellwether/cli': ['@bellwether/meters', '@bellwether/mixin'],
  '@bellwether/admin': [],
  '@bellwether/testkit': [],
};

const files = trackedFiles().filter((file) => /\.[cm]?[jt]s$/.test(file));
const packages = workspaces();
const names = packages.map(({ name }) => name);
const isTest = (file: string) => /(^|\/)test\/|\.(test|test-d|bench)\.ts$/.test(file);

function importsIn({ folder }: Workspace, wanted: (file: string) => boolean): Found[] {
  return files
    .filter((file) => file.startsWith(`${folder}/`) && wanted(file))
    .flatMap((file) =>
      importsOf(file, readFileSync(join(root, file), 'utf8')).map((found) => ({ ...found, file })),
    );
}
interface Found extends Import {
  readonly file: string;
}
const say = ({ file, line, specifier }: Found) => `${file}:${line} imports ${specifier}`;
const isRelative = ({ specifier }: Import) => /^\.{0,2}\//.test(specifier);
const isOurs = ({ specifier }: Import) => specifier.startsWith('@bellwether/');

test('every package below packages/ has a rule', () => {
  const unruled = packages
    .filter(({ folder, name }) => folder.startsWith('packages/') && !(name in allowed))
    .map(({ name }) => name);
  expect(unruled).toEqual([]);
});

describe.each(packages)('$name', (workspace) => {
  const { name, folder, isPrivate, dependencies, peerDependencies, devDependencies } = workspace;
  const source = importsIn(workspace, (file) => file.startsWith(`${folder}/src/`) && !isTest(file));

  test('imports only in the agreed direction', () => {
    const friends = folder.startsWith('examples/') ? names : (allowed[name] ?? []);
    const wrong = source
      .filter(isOurs)
      .filter(({ specifier }) => ![name, ...friends].includes(packageOf(specifier)));
    expect(wrong.map(say)).toEqual([]);
  });

  test('names what it imports in its package.json', () => {
    // Nobody installs a private package without its devDependencies.
    const known = new Set([name, ...dependencies, ...peerDependencies]);
    if (isPrivate) for (const dependency of devDependencies) known.add(dependency);
    const wrong = source
      .filter((found) => !isRelative(found) && !isBuiltin(found.specifier))
      .filter(({ specifier }) => !specifier.startsWith('#'))
      .filter(({ specifier }) => !known.has(packageOf(specifier)))
      // Types of a library that only the user's app has: erased, but the library's types must be installed here.
      .filter(({ file, line, specifier }) => {
        const text = readFileSync(join(root, file), 'utf8').split('\n')[line - 1] ?? '';
        const isType = /\bimport type\b|\bimport\(/.test(text);
        const types = [packageOf(specifier), `@types/${packageOf(specifier)}`];
        return !(isType && types.some((type) => devDependencies.includes(type)));
      });
    expect(wrong.map(say)).toEqual([]);
  });

  test('reaches into no other package', () => {
    const every = importsIn(workspace, () => true);
    const surface = new Map(packages.map((other) => [other.name, Object.keys(other.exports)]));
    const deep = every.filter(isOurs).filter(({ specifier }) => {
      const other = packageOf(specifier);
      return !surface.get(other)?.includes(specifier.replace(other, '.'));
    });
    const leaving = every
      .filter(isRelative)
      .filter(
        ({ file, specifier }) =>
          !normalize(join(dirname(file), specifier)).startsWith(`${folder}/`),
      );
    expect([...deep, ...leaving].map(say)).toEqual([]);
  });
});

test('only an application imports sdk', () => {
  const importers = packages
    .filter(({ name }) => name !== '@bellwether/sdk')
    .filter(({ folder }) => folder.startsWith('packages/'))
    .flatMap((workspace) => importsIn(workspace, (file) => !isTest(file)))
    .filter(({ specifier }) => packageOf(specifier) === '@bellwether/sdk');
  expect(importers.map(say)).toEqual([]);
});

test('the linter refuses it while one types', async () => {
  const project = await temporaryFolder('lint');
  for (const file of ['biome.json', '.gitignore']) {
    copyFileSync(join(root, file), join(project, file));
  }
  const refused = [
    ['packages/meters/src/one.ts', '@opentelemetry/sdk-metrics'],
    ['packages/meters/src/two.ts', '@bellwether/sdk'],
    ['packages/sdk/src/one.ts', '@bellwether/testkit'],
    ['packages/admin/src/one.ts', '@bellwether/meters'],
    ['packages/cli/src/one.ts', '@bellwether/sdk'],
    ['packages/cli/src/two.ts', '@bellwether/sdk/register'],
  ] as const;
  const accepted = [
    ['packages/admin/src/two.ts', 'express'],
    ['packages/meters/src/three.ts', '@opentelemetry/api'],
    ['packages/sdk/src/two.ts', '@bellwether/meters/runtime'],
    ['packages/cli/src/three.ts', '@bellwether/meters'],
  ] as const;
  for (const [file, specifier] of [...refused, ...accepted]) {
    mkdirSync(dirname(join(project, file)), { recursive: true });
    writeFileSync(join(project, file), `export { x } from '${specifier}';\n`);
  }
  const { stdout } = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/@biomejs/biome/bin/biome'),
      'lint',
      '--only=style/noRestrictedImports',
      '--reporter=github',
      '.',
    ],
    { cwd: project, encoding: 'utf8' },
  );
  const flagged = [...stdout.matchAll(/noRestrictedImports,file=([^,]+)/g)].map(([, file]) =>
    relative(project, file ?? ''),
  );
  expect(flagged.sort(), stdout).toEqual(refused.map(([file]) => file).sort());
});
