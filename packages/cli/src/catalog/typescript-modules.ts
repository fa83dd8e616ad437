import { existsSync, readFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a specifier may stand for in sources: `./x.js` and `./x` that exist as TypeScript only. */
const CANDIDATES: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
  '': ['.ts', '.js', '/index.ts', '/index.js'],
};
const TYPESCRIPT = /\.[mc]?ts$/;
/** Statements that only an ES module has: what decides where a package says nothing, or says what its build will be. */
const MODULE_SYNTAX = /^\s*(?:import\s*[\w{*'"]|export\s+[\w{*])/m;

/** What only CommonJS has. A file with neither is a module: as CommonJS its own error would be hidden by one about cycles. */
const COMMON_SYNTAX = /\b(?:require\s*\(|module\.exports\b|exports\.)/;

/**
 * Lets this process import TypeScript as its sources are written, on every Node that we support: types are stripped (enums and the
 * like transformed), and a relative specifier that only exists as TypeScript is found.
 */
export function registerTypeScript(): void {
  registerHooks({
    resolve(specifier, context, nextResolve) {
      try {
        return nextResolve(specifier, context);
      } catch (error) {
        const found = /^\.{0,2}\//.test(specifier)
          ? sourceOf(specifier, context.parentURL)
          : undefined;
        if (found === undefined) throw error;
        return { url: found, shortCircuit: true };
      }
    },
    load(url, context, nextLoad) {
      if (!url.startsWith('file:') || !TYPESCRIPT.test(new URL(url).pathname)) {
        return nextLoad(url, context);
      }
      const file = fileURLToPath(url);
      const source = javaScriptOf(readFileSync(file, 'utf8'));
      const common =
        file.endsWith('.cts') ||
        (file.endsWith('.ts') && !MODULE_SYNTAX.test(source) && COMMON_SYNTAX.test(source));
      return { format: common ? 'commonjs' : 'module', source, shortCircuit: true };
    },
  });
}

function sourceOf(specifier: string, parent: string | undefined): string | undefined {
  const url = new URL(specifier, parent);
  const extension = extname(url.pathname);
  const known = Object.hasOwn(CANDIDATES, extension) ? extension : '';
  const base = url.href.slice(0, url.href.length - known.length);
  return CANDIDATES[known]
    ?.map((candidate) => `${base}${candidate}`)
    .find((candidate) => existsSync(fileURLToPath(candidate)));
}

/** Lines stay where they are. Code that has no JavaScript without types (enums, namespaces) is rewritten where Node can: not from 26 on. */
function javaScriptOf(source: string): string {
  try {
    return stripTypeScriptTypes(source);
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX') throw error;
    return transformed(source, error);
  }
}

function transformed(source: string, why: unknown): string {
  try {
    return stripTypeScriptTypes(source, { mode: 'transform' });
  } catch (error) {
    throw (error as { code?: unknown }).code === 'ERR_INVALID_ARG_VALUE' ? why : error;
  }
}
