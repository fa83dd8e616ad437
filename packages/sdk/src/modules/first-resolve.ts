import { type RegisterHooksOptions, type ResolveFnOutput, registerHooks } from 'node:module';
import { diag } from '@opentelemetry/api';
import { aliasesOf } from './aliases.ts';
import { packageOfFile } from './package-of-file.ts';

/**
 * Calls back when the application first resolves a library, before any file of it runs. In-thread, for `require` and
 * `import` alike, on every supported Node.js (>= 22.15). `onAlias` is told of every package that goes by another name.
 */
export function onFirstResolve(
  waiting: Map<string, () => void>,
  onAlias: (alias: string, name: string) => void,
): void {
  const resolve: RegisterHooksOptions['resolve'] = (specifier, context, nextResolve) => {
    const result = nextResolve(specifier, context) as ResolveFnOutput;
    if (waiting.size > 0) {
      wake(waiting, specifier.startsWith('node:') ? specifier.slice(5) : specifier);
      if (result.url.startsWith('file:')) {
        const name = packageOfFile(result.url)?.name;
        if (name !== undefined) wake(waiting, name);
      }
    }
    if (result.url.startsWith('file:')) {
      const found = aliasesOf(specifier, context.parentURL, result.url);
      for (const alias of found?.aliases ?? []) onAlias(alias, found?.name ?? alias);
    }
    return result;
  };
  registerHooks({ resolve });
}

function wake(waiting: Map<string, () => void>, name: string): void {
  const callback = waiting.get(name);
  if (callback === undefined) return;
  waiting.delete(name);
  try {
    callback();
  } catch (error) {
    diag.error(`bellwether: ${name} stays uninstrumented`, error);
  }
}
