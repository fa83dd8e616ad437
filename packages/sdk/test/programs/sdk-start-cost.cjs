// Prints what of Node.js and of our files was loaded before the application's first line.
console.log(
  JSON.stringify({
    builtins: process.moduleLoadList.filter((name) => name.startsWith('NativeModule ')),
    files: globalThis.loadedFiles ?? [],
  }),
);
