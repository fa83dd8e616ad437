// Prints at its end which OpenTelemetry packages were loaded by require, and how many modules in all.
process.on('exit', () => {
  const files = Object.keys(require.cache);
  const packages = files
    .map((file) => file.match(/node_modules\/(@opentelemetry\/[^/]+)/)?.[1])
    .filter((name) => name !== undefined);
  console.log(JSON.stringify({ count: files.length, packages: [...new Set(packages)].sort() }));
});
