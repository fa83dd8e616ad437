/** A number that the estimate rests on and that nobody can read from a catalog. */
export interface Assumption {
  readonly name: string;
  readonly value: number;
  readonly means: string;
  /** `measured`: in a run of `npm run scale`, docs/guides/sizing.md says which. `assumed`: look at your own services. */
  readonly basis: 'measured' | 'assumed' | 'given';
}

const ROWS = [
  ['answers', 2, 'assumed', 'status codes, and methods, under which a route is seen, on average'],
  ['coverage', 1, 'assumed', 'share of a service that each tenant uses on each replica, 0 to 1'],
  ['calls', 2, 'assumed', 'peers times answers of a service that calls others by HTTP'],
  ['operations', 20, 'assumed', 'statements and commands of a service to databases and caches'],
  ['queries', 20, 'assumed', 'models times actions of Prisma'],
  [
    'countries',
    0,
    'assumed',
    'countries that the edge names; 0: BELLWETHER_COUNTRY_HEADER is not set',
  ],
  [
    'openValues',
    3,
    'assumed',
    'values of an attribute that a catalog bounds by upTo(n), at most n',
  ],
  [
    'spanNames',
    35,
    'measured',
    'names of spans times kinds times states of a service, in one process; 0 where no traces are sent',
  ],
  [
    'deploysPerDay',
    1,
    'assumed',
    'times a day that all replicas of a service are new, each with new series',
  ],
  [
    'processSeries',
    160,
    'measured',
    'series of a process about itself: Node.js, SDK, meters, target_info',
  ],
  [
    'scrapedSeries',
    2_800,
    'measured',
    'series of servers that are scraped: machine, PostgreSQL, Redis, Collector, Prometheus, Alertmanager',
  ],
  ['bytesPerSample', 3, 'measured', 'bytes on disk for a sample of a service, chunks full'],
  ['indexBytesPerSeries', 130, 'measured', 'bytes of index for a series in one block'],
  ['blockDays', 3, 'assumed', 'days in one block after all compaction: a tenth of the retention'],
  [
    'memoryPerSeries',
    5_000,
    'measured',
    'bytes of memory of Prometheus for a series of the last three hours',
  ],
  ['prometheusBase', 60_000_000, 'measured', 'bytes of memory of Prometheus with nothing in it'],
  ['collectorBase', 50_000_000, 'measured', 'bytes of memory of the Collector with nothing to do'],
  ['collectorPerRate', 5_000, 'assumed', 'bytes of memory of the Collector for a sample a second'],
  ['headroom', 1.5, 'assumed', 'what queries, compaction and a bad day add to memory'],
] as const;

export type AssumptionName = (typeof ROWS)[number][0];
export type Assumed = Readonly<Record<AssumptionName, Assumption>>;

export const ASSUMPTION_NAMES: readonly AssumptionName[] = ROWS.map(([name]) => name);

/** All assumptions, those that are given in the place of ours. */
export function assumptions(given: Readonly<Partial<Record<string, number>>> = {}): Assumed {
  const rows = ROWS.map(([name, value, basis, means]): [AssumptionName, Assumption] => {
    const own = given[name];
    return [
      name,
      own === undefined
        ? { name, value, basis, means }
        : { name, value: own, basis: 'given', means },
    ];
  });
  return Object.fromEntries(rows) as Assumed;
}
