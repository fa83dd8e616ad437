import { parseArgs } from 'node:util';

const help = `npm run bench -- [record] [options]

Measures what a recorded call costs, in processes that take turns, beside OpenTelemetry's SDK and prom-client: nanoseconds and bytes,
with 1, 1,000 and 10,000 tenants. Prints medians, their spread, and the ratio to each peer.

  --quick   fewer and shorter rounds: under a minute, wider spread
  --json    print one JSON document (progress goes to standard error)
  --help    this text
`;

const suites = ['record'];

/** Options of `npm run bench`; prints help or what is wrong with them and exits where there is nothing to run. */
export function readBenchOptions(args) {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        quick: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      process.stdout.write(help);
      process.exit(0);
    }
    const unknown = positionals.filter((name) => !suites.includes(name));
    if (unknown.length > 0)
      throw new Error(`Expected a suite (${suites.join(', ')}), got ${unknown.join(', ')}`);
    return { quick: values.quick, json: values.json };
  } catch (error) {
    process.stderr.write(`${error.message}. See npm run bench -- --help\n`);
    return process.exit(2);
  }
}
