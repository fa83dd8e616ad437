import { join } from 'node:path';
import { runProgram } from '@bellwether/testkit';
import ts from 'typescript';
import { beforeAll, describe, expect, test } from 'vitest';
import { requireBuilds } from './support/pack.ts';
import { publicPackages, root } from './support/repository.ts';

const packages = publicPackages();
const paths = packages.flatMap(({ name, folder, exports }) =>
  Object.entries(exports)
    .filter(([, file]) => file.endsWith('.js'))
    .map(([path, file]) => ({
      specifier: join(name, path),
      declarations: join(root, folder, file.replace(/\.js$/, '.d.ts')),
    })),
);

/** Names of values by specifier, as a program that imports the built package sees them. */
let values: Record<string, readonly string[]> = {};
beforeAll(async () => {
  requireBuilds(packages);
  const program = runProgram({
    cwd: root,
    args: [
      '--input-type=module',
      '--eval',
      `const names = {};
       for (const path of ${JSON.stringify(paths.map(({ specifier }) => specifier))})
         names[path] = Object.keys(await import(path)).sort();
       console.log(JSON.stringify(names));`,
    ],
    env: { BELLWETHER_ENABLED: 'false', BELLWETHER_PREAMBLE: 'false' },
  });
  await program.exited;
  expect(program.stdout, program.stderr).toMatch(/^\{/);
  values = JSON.parse(program.stdout);
});

describe.each(paths)('$specifier', ({ specifier, declarations }) => {
  test('exports these values and types', () => {
    const declared = declaredNames(declarations);
    expect(declared.values).toEqual(values[specifier]);
    // The preload alone has nothing to give: it acts.
    expect(declared.values.length > 0).toBe(!specifier.endsWith('/register'));
    expect({ values: declared.values, types: declared.types }).toMatchSnapshot();
  });
});

/** Names in the built declarations, so that what TypeScript promises is what there is. */
function declaredNames(file: string): { values: string[]; types: string[] } {
  const program = ts.createProgram([file], {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2023,
    skipLibCheck: true,
  });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  if (source === undefined) throw new Error(`Expected declarations at ${file}; npm run build`);
  const module = checker.getSymbolAtLocation(source);
  const names = { values: [] as string[], types: [] as string[] };
  for (const symbol of module === undefined ? [] : checker.getExportsOfModule(module)) {
    const isAlias = (symbol.flags & ts.SymbolFlags.Alias) !== 0;
    const { flags } = isAlias ? checker.getAliasedSymbol(symbol) : symbol;
    const typeOnly = symbol.declarations?.some(
      (node) => ts.isExportSpecifier(node) && (node.isTypeOnly || node.parent.parent.isTypeOnly),
    );
    const isValue = (flags & ts.SymbolFlags.Value) !== 0 && !typeOnly;
    (isValue ? names.values : names.types).push(symbol.name);
  }
  return { values: names.values.sort(), types: names.types.sort() };
}
