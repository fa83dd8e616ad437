import { createRequire, type RegisterHooksOptions, registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';

/** What the hook calls with the namespace of an imported module, whose exports can be assigned. */
export type OnImported = (
  url: string,
  namespace: Record<string, unknown>,
  specifier?: string,
  format?: string,
) => void;

/** What `module.registerHooks` takes to resolve. */
export type ResolveHook = NonNullable<RegisterHooksOptions['resolve']>;

interface HookMaker {
  createHook(meta: { url: string }): {
    applyOptions(options: { include: (string | RegExp)[] }): void;
    readonly resolveSync: ResolveHook;
    readonly loadSync: NonNullable<RegisterHooksOptions['load']>;
  };
}

const require = createRequire(import.meta.url);

/** Where import-in-the-middle is, for a loader thread. */
export const loaderUrl = () => pathToFileURL(require.resolve('import-in-the-middle/hook.mjs')).href;

export function addImportHook(onImported: OnImported): void {
  const { addHook } = require('import-in-the-middle') as { addHook(hook: OnImported): void };
  addHook(onImported);
}

/**
 * Hooks `import` in this thread and returns the hook itself, for the call that is under way. As `import-in-the-middle/register-hooks.mjs` does, which
 * keeps it to itself. It parses every module of the list, so nothing of it is loaded before one comes.
 */
export function hookImport(include: (string | RegExp)[]): ResolveHook {
  const place = require.resolve('import-in-the-middle/register-hooks.mjs');
  const { createHook } = require('import-in-the-middle/create-hook.mjs') as HookMaker;
  const hook = createHook({ url: pathToFileURL(place).href });
  hook.applyOptions({ include });
  registerHooks({ resolve: hook.resolveSync, load: hook.loadSync });
  return hook.resolveSync;
}
