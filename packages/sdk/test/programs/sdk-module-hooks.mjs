// Prints what patches saw. Arguments: folder with the libraries, and the order in which to load them.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { installModuleHooks, onFirstUse, onModuleLoad } from '../../src/modules/module-hooks.ts';

const [folder, order] = process.argv.slice(2);
const calls = [];
const wrap = (exports, key) => {
  const original = exports[key];
  exports[key] = () => `patched ${original()}`;
};
onModuleLoad({ name: 'cjs-lib', versions: '>=1 <2' }, (exports, version) => {
  calls.push(`cjs-lib@${version}`);
  wrap(exports, 'hello');
});
onModuleLoad({ name: 'cjs-lib', versions: '>=2 <3' }, () => calls.push('wrong version'));
onModuleLoad({ name: 'cjs-lib', file: 'lib/inner.js' }, (exports) => {
  calls.push('cjs-lib/lib/inner.js');
  wrap(exports, 'deep');
});
onModuleLoad({ name: 'function-lib' }, (exports) => {
  calls.push('function-lib');
  return Object.assign(() => `patched ${exports()}`, exports);
});
onModuleLoad({ name: 'esm-lib' }, (exports, version) => {
  calls.push(`esm-lib@${version}`);
  wrap(exports, 'hello');
  wrap(exports, 'default');
});
onModuleLoad({ name: 'dns' }, () => {
  calls.push('dns');
});
onModuleLoad({ name: 'failing-lib' }, () => {
  throw new Error('a bug of ours');
});
onFirstUse(['tail-lib'], () => calls.push('first use of tail-lib'));
await installModuleHooks();

const seen = {};
const require = createRequire(`${folder}/app.cjs`);
const ways = {
  async import() {
    const { run } = await import(pathToFileURL(`${folder}/app.mjs`).href);
    seen.import = run();
  },
  async require() {
    seen.require = require('./app.cjs').run();
  },
};
for (const way of order.split(',')) await ways[way]();
console.log(JSON.stringify({ calls, seen }));
