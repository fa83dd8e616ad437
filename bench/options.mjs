import { readCommandLine } from '../scripts/command-line.mjs';
import { wholeNumber } from '../scripts/start/whole-number.mjs';
import { suiteNames } from './suites.mjs';

const help = `npm run bench -- [${suiteNames.join('|')} ...] [options]

What instrumentation costs, beside its peers: in processes that take turns, pinned to a core where the system can pin them; medians, and how far the
values lie apart. Without a name of a suite, all are run.

  record    nanoseconds and bytes of one recorded call, with 1, 1,000 and 10,000 tenants
  collect   collecting and exporting many series: time, memory, the longest block of the event loop
  startup   what a preload adds to the start of a process: milliseconds and memory
  request   CPU of one request, and the capacity that is left
  memory    resident memory under load

  --quick      fewer and shorter rounds: wider spread
  --repeats N  how many processes of each that is measured, 1 to 50 (default 3 to 9, by suite; with --quick fewer)
  --json       print one JSON document; with npm's own lines left out by npm run --silent bench (progress goes to standard error)
  --write      keep the results in docs/benchmarks/results.json, and make docs/benchmarks.md and its charts from them
  --render     measure nothing: make the page and its charts from the results that are kept
  --help       this text
`;

/**
 * Options of `npm run bench`: `{ suites, quick, repeats, json, write, render }`. Prints help, or what is wrong with them, and exits where there is
 * nothing to run.
 */
export function readBenchOptions(args) {
  return readCommandLine({
    command: 'npm run bench',
    help,
    args,
    options: {
      quick: { type: 'boolean', default: false },
      repeats: { type: 'string' },
      json: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      render: { type: 'boolean', default: false },
    },
    words: true,
    read: checked,
  });
}

function checked(options, names) {
  const unknown = names.filter((name) => !suiteNames.includes(name));
  if (unknown.length > 0)
    throw new Error(`Expected a suite (${suiteNames.join(', ')}), got ${unknown.join(', ')}`);
  const repeats =
    options.repeats === undefined ? undefined : wholeNumber('--repeats', options.repeats, 1, 50);
  if (options.render && (names.length > 0 || options.quick || options.json || repeats))
    throw new Error('Expected --render alone: it measures nothing');
  const suites = names.length === 0 ? suiteNames : [...new Set(names)];
  return { suites, ...options, repeats };
}
