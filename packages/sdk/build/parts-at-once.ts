import type { Rolldown } from 'tsdown';

const CALL = /\bloadNow\(\(\) => import\(("\.\/[^"]+")\)\)/g;

/** Makes a `require` of every `loadNow(() => import('./part.ts'))`: Node.js loads ES modules so, when they await nothing. */
export function partsAtOnce(): Rolldown.Plugin {
  return {
    name: 'parts-at-once',
    renderChunk(code) {
      const replaced = code.replace(
        CALL,
        'process.getBuiltinModule("node:module").createRequire(import.meta.url)($1)',
      );
      if (/(?<!function )\bloadNow\(/.test(replaced))
        throw new Error('Expected loadNow(() => import("./part.js")) and nothing else in it');
      return replaced;
    },
  };
}
