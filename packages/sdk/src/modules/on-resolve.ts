import { type ResolveFnOutput, registerHooks } from 'node:module';
import { diag } from '@opentelemetry/api';
import { aliasesOf } from './aliases.ts';
import type { ResolveHook } from './import-hook.ts';
import { packageOfFile } from './package-of-file.ts';

/** A module that the application is about to load. */
export interface ResolvedModule {
  /** As the code names it. */
  readonly specifier: string;
  /** `file:` or `node:`. */
  readonly url: string;
  /** Undefined where Node.js finds it out by reading the file. */
  readonly format: string | null | undefined;
  readonly parentUrl: string | undefined;
  /** The folder of the package that it is in, which is its name but for aliases; undefined for builtins and the application's own. */
  readonly folder: string | undefined;
}

/** What the hook tells. */
export interface ResolveListener {
  /** Called once a library of `waiting`, before any file of it runs. */
  readonly waiting: Map<string, () => void>;
  /** A package goes by another name. */
  readonly onAlias: (alias: string, name: string) => void;
  readonly onResolved: (resolved: ResolvedModule) => void;
  /** The hook that has the last word, once there is one: also for the call that brought it. */
  readonly hook: () => ResolveHook | undefined;
}

/** Sees every module that is resolved. In-thread, for `require` and `import` alike, on every supported Node.js (>= 22.15). */
export function onResolve({ waiting, onAlias, onResolved, hook }: ResolveListener): void {
  const resolve: ResolveHook = (specifier, context, nextResolve) => {
    const result = nextResolve(specifier, context) as ResolveFnOutput;
    const { url, format } = result;
    const isFile = url.startsWith('file:');
    if (!isFile && !url.startsWith('node:')) return result;
    const before = hook();
    const folder = isFile ? packageOfFile(url, '/')?.name : undefined;
    if (waiting.size > 0) {
      wake(waiting, isFile ? specifier : url.slice(5));
      if (folder !== undefined) wake(waiting, folder);
    }
    if (isFile) {
      const found = aliasesOf(specifier, context.parentURL, url);
      for (const alias of found?.aliases ?? []) onAlias(alias, found?.name ?? alias);
    }
    onResolved({ specifier, url, format, parentUrl: context.parentURL, folder });
    const now = hook();
    if (now === undefined || now === before) return result;
    return now(specifier, context, nextResolve) as ResolveFnOutput;
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
