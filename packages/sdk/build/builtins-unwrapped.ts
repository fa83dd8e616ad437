import { isBuiltin } from 'node:module';
import type { Rolldown } from 'tsdown';

const IMPORT =
  /^import (?:(\w[\w$]*)|\* as (\w[\w$]*)|(?:(\w[\w$]*), )?\{ (.+) \}) from "([\w/:]+)";$/gm;

/**
 * Takes builtin modules by `process.getBuiltinModule` in place of `import`, whose namespace reads every property of the module and so
 * runs its lazy getters: `node:http` would load undici, `node:process` the diagnostic reports. A third of the time to start.
 */
export function builtinsUnwrapped(): Rolldown.Plugin {
  return {
    name: 'builtins-unwrapped',
    renderChunk: (code) =>
      code.replace(IMPORT, (statement, only, namespace, main, named, name) => {
        if (!isBuiltin(name)) return statement;
        const builtin = `process.getBuiltinModule("${name}")`;
        const whole = only ?? namespace ?? main;
        const parts = named && `{ ${named.replaceAll(' as ', ': ')} }`;
        if (whole === undefined) return `const ${parts} = ${builtin};`;
        return `const ${whole} = ${builtin}${parts ? `, ${parts} = ${whole}` : ''};`;
      }),
  };
}
