import { readCommandLine } from '../command-line.mjs';

const parts = ['fault', 'cost', 'size'];
const help = `npm run scale -- [options]

Thanos on this machine, with the files of thanos/ and collector/: three receivers that each keep every sample, a store, a ruler, two tiers of
Collectors. Thanos is built from source once, minutes.

  fault   the shop under load with its ledger; receivers are killed; the ledger is compared with the query, then with the object store alone,
          then after compaction; each tenant tries to read the others
  cost    the same series into one Prometheus and into Thanos, doubled until this machine does not hold them: CPU, memory, bytes
  size    bellwether size against the real shop: series by source, samples, bytes, memory

  --only PART    fault, cost or size; by comma, for more (default: all)
  --quick        seconds instead of minutes, and less load
  --limit        with --quick: double the load of cost until it is not held, all the same
  --write        write the tables into docs/guides/scaling.md and sizing.md
  --json         print one JSON document (progress goes to standard error)
  --data DIR     keep data and logs in DIR (default: a folder that is removed at the end)
  --help         this text

Exit code 1 where a ledger differs, a tenant reads another, or the first load is not held.
`;

/** Options of `npm run scale`; prints help or what is wrong with them and exits where there is nothing to run. */
export function readScaleOptions(args) {
  return readCommandLine({
    command: 'npm run scale',
    help,
    args,
    options: {
      only: { type: 'string', multiple: true },
      quick: { type: 'boolean', default: false },
      limit: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      data: { type: 'string' },
    },
    read: (values) => {
      const only =
        values.only?.flatMap((text) => text.split(',')).map((name) => name.trim()) ?? parts;
      const unknown = only.filter((name) => !parts.includes(name));
      if (unknown.length > 0)
        throw new Error(
          `Expected --only to name parts (${parts.join(', ')}), got ${unknown.join(', ')}`,
        );
      return {
        only,
        quick: values.quick,
        limit: values.limit,
        write: values.write,
        json: values.json,
        dataDir: values.data,
      };
    },
  });
}
