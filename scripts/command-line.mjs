import { parseArgs } from 'node:util';

/**
 * The options of a command of this folder, as `parseArgs` reads them by `options`, or what `read` makes of them; `read` throws what is wrong with
 * a value. Where a command takes words as well, `words` is true and `read` is given them second. `--help` prints `help` and exits with 0; what is wrong is one line that leads to `--help`, and exits with 2.
 *
 * @example
 * const { json } = readCommandLine({ command: 'npm run sbom', help, options: { json: { type: 'boolean', default: false } } });
 */
export function readCommandLine({
  command,
  help,
  options,
  args,
  words = false,
  read = (values) => values,
}) {
  try {
    const { values, positionals } = parseArgs({
      args: args ?? process.argv.slice(2),
      allowPositionals: words,
      options: { ...options, help: { type: 'boolean', default: false } },
    });
    const { help: isAsked, ...given } = values;
    if (!isAsked) return read(given, positionals);
    process.stdout.write(help);
    return process.exit(0);
  } catch (error) {
    process.stderr.write(`${error.message}. See ${command} -- --help\n`);
    return process.exit(2);
  }
}
