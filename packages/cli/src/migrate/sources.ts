import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import ts from 'typescript';

/** The files of the user, parsed, and what their names stand for. */
export interface Sources {
  /** Those that were asked for, in that order. */
  readonly files: readonly ts.SourceFile[];
  readonly checker: ts.TypeChecker;
}

const EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];
/** What `./x.js` may be in sources. */
const AS_TYPESCRIPT: Readonly<Record<string, string>> = {
  '.js': '.ts',
  '.mjs': '.mts',
  '.cjs': '.cts',
};

/**
 * Parses files and what they import by a relative path, for constants. No library is read, not even TypeScript's own: names are resolved, types
 * are not.
 */
export function readSources(paths: readonly string[]): Sources {
  const options: ts.CompilerOptions = {
    allowJs: true,
    noLib: true,
    noEmit: true,
    types: [],
    jsx: ts.JsxEmit.Preserve,
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
  };
  const host: ts.CompilerHost = {
    fileExists: existsSync,
    readFile: (path) => readFileSync(path, 'utf8'),
    getSourceFile: (path) =>
      existsSync(path)
        ? ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ESNext, true)
        : undefined,
    getDefaultLibFileName: () => 'none.d.ts',
    writeFile: () => {},
    getCurrentDirectory: () => dirname(paths[0] ?? '.'),
    getCanonicalFileName: (path) => path,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    resolveModuleNameLiterals: (literals, from) =>
      literals.map(({ text }) => ({ resolvedModule: resolvedModule(text, from) })),
  };
  const program = ts.createProgram({ rootNames: paths, options, host });
  const files = paths
    .map((path) => program.getSourceFile(path))
    .filter((file) => file !== undefined);
  return { files, checker: program.getTypeChecker() };
}

function resolvedModule(specifier: string, from: string): ts.ResolvedModuleFull | undefined {
  if (!/^\.{1,2}(\/|$)/.test(specifier)) return undefined;
  const base = resolve(dirname(from), specifier);
  const extension = EXTENSIONS.find((each) => base.endsWith(each));
  const stem = extension === undefined ? base : base.slice(0, -extension.length);
  const candidates = [
    base,
    ...(extension !== undefined && AS_TYPESCRIPT[extension] !== undefined
      ? [`${stem}${AS_TYPESCRIPT[extension]}`]
      : []),
    ...EXTENSIONS.map((each) => `${base}${each}`),
    ...EXTENSIONS.map((each) => `${base}/index${each}`),
  ];
  const found = candidates.find(
    (path) => EXTENSIONS.some((each) => path.endsWith(each)) && isFile(path),
  );
  if (found === undefined) return undefined;
  const kind = EXTENSIONS.find((each) => found.endsWith(each)) as string;
  return { resolvedFileName: found, extension: kind, isExternalLibraryImport: false };
}

const isFile = (path: string) => existsSync(path) && statSync(path).isFile();

/** Where a node begins, counted from 1. */
export function lineOf(node: ts.Node): number {
  const file = node.getSourceFile();
  return file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
}

/** All nodes below, in the order of the text. */
export function* descendants(node: ts.Node): Generator<ts.Node> {
  yield node;
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => {
    children.push(child);
  });
  for (const child of children) yield* descendants(child);
}
