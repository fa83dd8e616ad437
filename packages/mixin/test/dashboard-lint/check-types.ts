import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const HERE = fileURLToPath(new URL('./', import.meta.url));
const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));

/**
 * What TypeScript says about JSON documents as `DashboardJson`: unknown properties and wrong values alike. All in one program,
 * as loading the SDK's types takes most of the time.
 * @returns the errors of each document, by its name
 */
export function checkTypes(documents: ReadonlyMap<string, string>): ReadonlyMap<string, string[]> {
  const fileOf = (name: string) => `${HERE}${name}.generated.ts`;
  const texts = new Map(
    [...documents].map(([name, json]) => [
      fileOf(name),
      `import type { DashboardJson } from './dashboard-json.ts';\nexport default ${json.trim()} satisfies DashboardJson;\n`,
    ]),
  );
  const { options } = ts.convertCompilerOptionsFromJson(
    ts.readConfigFile(`${ROOT}tsconfig.json`, ts.sys.readFile).config.compilerOptions,
    ROOT,
  );
  const disk = ts.createCompilerHost(options);
  const program = ts.createProgram([...texts.keys()], options, {
    ...disk,
    fileExists: (path) => texts.has(path) || disk.fileExists(path),
    readFile: (path) => texts.get(path) ?? disk.readFile(path),
    getSourceFile: (path, ...rest) => {
      const text = texts.get(path);
      return text === undefined
        ? disk.getSourceFile(path, ...rest)
        : ts.createSourceFile(path, text, ts.ScriptTarget.ES2023);
    },
  });
  return new Map(
    [...documents.keys()].map((name) => {
      const source = program.getSourceFile(fileOf(name));
      const found = [
        ...program.getSyntacticDiagnostics(source),
        ...program.getSemanticDiagnostics(source),
      ];
      return [
        name,
        found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' ')),
      ];
    }),
  );
}
