import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { renderQueries } from './postgres-exporter-queries.ts';

test('an exporter without such collectors gets all queries, each column with its usage', () => {
  const queries = parse(renderQueries('--collector.database --collector.bgwriter'));
  expect(Object.keys(queries)).toEqual([
    'pg_stat_user_tables',
    'pg_statio_user_tables',
    'pg_stat_checkpointer',
  ]);
  for (const { query, metrics } of Object.values(queries) as {
    query: string;
    metrics: Record<string, { usage: string }>[];
  }[]) {
    for (const metric of metrics) {
      const [name = ''] = Object.keys(metric);
      expect(query).toContain(name);
    }
  }
});

test('what a newer exporter says itself is not asked twice', () => {
  const help = '--[no-]collector.stat_user_tables --[no-]collector.statio_user_tables';
  expect(Object.keys(parse(renderQueries(help)))).toEqual(['pg_stat_checkpointer']);
});
