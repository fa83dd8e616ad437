import { join } from 'node:path';
import ts from 'typescript';
import type { Page } from './doc-pages.ts';
import { publicPackages, root } from './repository.ts';
import { DECLARED, DECLARED_ON } from './snippet-scope.ts';
import { type Snippet, snippetsOf } from './snippets.ts';

interface Module {
  readonly file: string;
  readonly page: string;
  readonly snippet: Snippet;
  readonly prelude: string;
}

/** `Cannot find name`, with and without a suggestion, and in `{ name }`. */
const UNKNOWN_NAME = new Set([2304, 2552, 18004]);
/** Names that a module does not export, and modules that are not there: of JavaScript nothing else but its syntax is held against it. */
const UNKNOWN_IN_MODULE = new Set([2305, 2307, 2724]);

/**
 * What TypeScript says about the snippets of pages, each as a module of its own with every package of ours at hand. JavaScript is checked as TypeScript
 * that infers.
 */
export function snippetProblems(pages: readonly Page[]): readonly string[] {
  const bare = pages.flatMap(({ path, markdown }) =>
    snippetsOf(markdown)
      .filter(({ language }) => /^(ts|js|mjs)$/.test(language))
      .map((snippet, index) => ({
        file: join(root, `snippet-${path.replace(/[^\w]/g, '-')}-${index}.ts`),
        page: path,
        snippet,
        prelude: '',
      })),
  );
  const first = check(bare);
  const completed = bare.map((module) => ({
    ...module,
    prelude: preludeOf(module, first.unknownNames(module.file)),
  }));
  return check(completed).problems();
}

function preludeOf({ page }: Module, names: ReadonlySet<string>): string {
  return [...names]
    .map((name) => {
      const from = exportedBy().get(name);
      if (from !== undefined) return `import { ${name} } from '${from}';`;
      const type = DECLARED_ON[page]?.[name] ?? DECLARED[name];
      return type === undefined ? '' : `declare const ${name}: ${type};`;
    })
    .filter((line) => line !== '')
    .join(' ');
}

/** Which package exports a name; the main entry of a package before its others. */
function exportedBy(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { name, folder, exports } of publicPackages())
    for (const [path, target] of Object.entries(exports)) {
      if (!/^\.(\/\w+)?$/.test(path) || path === './register') continue;
      const file = join(root, folder, target.replace('/dist/', '/src/').replace(/\.js$/, '.ts'));
      const text = ts.sys.readFile(file) ?? '';
      for (const [, list = ''] of text.matchAll(/^export \{([^}]*)\}/gms))
        for (const exported of list.split(',').map((part) => part.trim()))
          if (/^\w+$/.test(exported) && !found.has(exported))
            found.set(exported, path === '.' ? name : `${name}${path.slice(1)}`);
    }
  return found;
}

function check(modules: readonly Module[]) {
  const config = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile).config;
  const paths = { ...config.compilerOptions.paths, ...pathsOfExports() };
  const { options } = ts.convertCompilerOptionsFromJson({ ...config.compilerOptions, paths }, root);
  const texts = new Map(
    modules.map(({ file, prelude, snippet }) => [
      file,
      `${prelude}\n${asModule(snippet.code)}\nexport {};\n`,
    ]),
  );
  const host = ts.createCompilerHost({ ...options, noImplicitAny: false });
  const { fileExists, readFile } = host;
  host.fileExists = (file) => texts.has(file) || fileExists(file);
  host.readFile = (file) => texts.get(file) ?? readFile(file);
  const program = ts.createProgram(
    [...texts.keys()],
    { ...options, noImplicitAny: false, noUnusedLocals: false, noUnusedParameters: false },
    host,
  );
  const found = modules.map((module) => {
    const source = program.getSourceFile(module.file);
    return { module, source, all: source ? ts.getPreEmitDiagnostics(program, source) : [] };
  });
  return {
    unknownNames: (file: string) =>
      new Set(
        found
          .filter(({ module }) => module.file === file)
          .flatMap(({ all, source }) =>
            all
              .filter(({ code }) => UNKNOWN_NAME.has(code))
              .map(({ start = 0, length = 0 }) => source?.text.slice(start, start + length) ?? ''),
          ),
      ),
    problems: () =>
      found.flatMap(({ module, source, all }) =>
        all
          .filter((diagnostic) => isHeldAgainst(module, diagnostic))
          .map(({ start = 0, messageText, code }) => {
            const at = source?.getLineAndCharacterOfPosition(start).line ?? 0;
            return `${module.page}:${module.snippet.line + at - 1} ${text(messageText)} (TS${code})`;
          }),
      ),
  };
}

function isHeldAgainst({ snippet }: Module, { code, messageText }: ts.Diagnostic): boolean {
  const message = text(messageText);
  // A module, or a field of a request, of the reader's own app.
  if (code === 2307 && !message.includes("'@bellwether/")) return false;
  if (code === 2339 && message.includes("on type 'Request<")) return false;
  return (
    snippet.language === 'ts' ||
    UNKNOWN_NAME.has(code) ||
    UNKNOWN_IN_MODULE.has(code) ||
    code < 2000
  );
}

/** A snippet may be one entry of an object. */
const asModule = (code: string) => (/^\w+: .*,\s*$/s.test(code) ? `({ ${code} });` : code);

/** Sources of what packages export, so that nothing has to be built. */
function pathsOfExports(): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    publicPackages().flatMap(({ name, folder, exports }) =>
      Object.entries(exports)
        .filter(([, target]) => target.endsWith('.js'))
        .map(([path, target]) => [
          `${name}${path.slice(1)}`,
          [`./${folder}/${target.replace('./dist/', 'src/').replace(/\.js$/, '.ts')}`],
        ]),
    ),
  );
}

const text = (message: string | ts.DiagnosticMessageChain) =>
  ts.flattenDiagnosticMessageText(message, ' ');
