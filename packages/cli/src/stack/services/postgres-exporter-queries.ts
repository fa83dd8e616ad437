import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { stringify } from 'yaml';

const run = promisify(execFile);

/** Names and labels are those of the collectors that 0.13 and later have built in, so that queries serve both. */
interface ExporterQuery {
  /** Flag of the collector that says the same, in versions that have it. */
  readonly collector: string;
  readonly query: string;
  readonly labels: readonly string[];
  readonly counters: readonly string[];
  readonly gauges: readonly string[];
}

const QUERIES: Readonly<Record<string, ExporterQuery>> = {
  pg_stat_user_tables: {
    collector: 'stat_user_tables',
    query: `SELECT current_database() AS datname, schemaname, relname, seq_scan, seq_tup_read, coalesce(idx_scan, 0) AS idx_scan,
      coalesce(idx_tup_fetch, 0) AS idx_tup_fetch, n_tup_ins, n_tup_upd, n_tup_del, n_live_tup, n_dead_tup FROM pg_stat_user_tables`,
    labels: ['datname', 'schemaname', 'relname'],
    counters: [
      ...['seq_scan', 'seq_tup_read', 'idx_scan', 'idx_tup_fetch'],
      ...['n_tup_ins', 'n_tup_upd', 'n_tup_del'],
    ],
    gauges: ['n_live_tup', 'n_dead_tup'],
  },
  pg_statio_user_tables: {
    collector: 'statio_user_tables',
    query: `SELECT current_database() AS datname, schemaname, relname, heap_blks_read, heap_blks_hit,
      coalesce(idx_blks_read, 0) AS idx_blks_read, coalesce(idx_blks_hit, 0) AS idx_blks_hit FROM pg_statio_user_tables`,
    labels: ['datname', 'schemaname', 'relname'],
    counters: ['heap_blks_read', 'heap_blks_hit', 'idx_blks_read', 'idx_blks_hit'],
    gauges: [],
  },
  pg_stat_checkpointer: {
    collector: 'stat_checkpointer',
    query: `SELECT num_timed AS num_timed_total, num_requested AS num_requested_total, buffers_written AS buffers_written_total,
      write_time AS write_time_total, sync_time AS sync_time_total FROM pg_stat_checkpointer`,
    labels: [],
    counters: [
      ...['num_timed_total', 'num_requested_total', 'buffers_written_total'],
      ...['write_time_total', 'sync_time_total'],
    ],
    gauges: [],
  },
};

/** The queries that this exporter has no collector of its own for, as its `--extend.query-path` wants them. */
export async function postgresExporterQueries(program: string): Promise<string> {
  const help = await run(program, ['--help'], { timeout: 10_000 }).then(
    ({ stdout, stderr }) => stdout + stderr,
    () => '',
  );
  return renderQueries(help);
}

/** `help` is what the exporter prints at `--help`: a series that comes twice would break its page. */
export function renderQueries(help: string): string {
  const lacking = Object.entries(QUERIES).filter(
    ([, { collector }]) => !help.includes(`collector.${collector}`),
  );
  const columns = ({ labels, counters, gauges }: ExporterQuery) => [
    ...labels.map((name) => column(name, 'LABEL')),
    ...counters.map((name) => column(name, 'COUNTER')),
    ...gauges.map((name) => column(name, 'GAUGE')),
  ];
  return stringify(
    Object.fromEntries(
      lacking.map(([name, query]) => [name, { query: query.query, metrics: columns(query) }]),
    ),
    { lineWidth: 0 },
  );
}

const column = (name: string, usage: 'LABEL' | 'COUNTER' | 'GAUGE') => ({
  [name]: { usage, description: `Column ${name}` },
});
