import { catalogOf, counter, defineMeters, type MeterCatalog } from '@bellwether/meters';
import { expect, test } from 'vitest';
import { generateMonitoring } from '../generate-monitoring.ts';
import { PARTS, type Part } from './absent-parts.ts';

const catalog = catalogOf(
  defineMeters('parts', { parcels: counter('parts.parcels', { unit: '{parcel}' }) }),
) as MeterCatalog;
const generated = (...without: Part[]) =>
  new Map(
    generateMonitoring({ catalogs: [catalog], without }).map(({ path, text }) => [path, text]),
  );

test('nothing is left out unless it is said', () => {
  expect(generated()).toEqual(
    new Map(generateMonitoring({ catalogs: [catalog] }).map(({ path, text }) => [path, text])),
  );
});

test('a service without databases and Redis has no alert, panel, runbook and metric about them', () => {
  const files = generated('database', 'redis', 'http-client', 'countries');
  const asked = [...files]
    .filter(([path]) => /^(prometheus\/rules|grafana|docs\/reference)/.test(path))
    .map(([, text]) => text)
    .join('\n');
  expect(asked).not.toMatch(
    /\b(db_client|pg_|prisma_client|redis_|http_client_request|http_server_request_countries)\w*/,
  );
  expect([...files.keys()].join('\n')).not.toMatch(
    /bellwether-(database|cache)\.json|Redis|Postgres/,
  );
  expect(asked).toContain('parts_parcels_total');
});

test('a cache in Redis stays where there is no other database', () => {
  const files = generated('database');
  expect(files.has('docs/runbooks/RedisSlow.md')).toBe(true);
  expect(files.has('docs/runbooks/DatabaseSlow.md')).toBe(false);
  expect(files.has('grafana/dashboards/infrastructure/bellwether-database.json')).toBe(false);
  expect(files.get('grafana/dashboards/infrastructure/bellwether-cache.json')).toContain(
    'db_client_operation_duration_seconds_count',
  );
});

test('Prisma may be absent where PostgreSQL is there', () => {
  const database = generated('prisma').get(
    'grafana/dashboards/infrastructure/bellwether-database.json',
  );
  expect(database).toContain('pg_stat_activity_count');
  expect(database).not.toContain('prisma_client');
});

test.each(PARTS)('no page leads to a runbook that is not there without %s', (part) => {
  const files = generated(part);
  for (const [path, text] of files)
    if (path.startsWith('docs/runbooks/'))
      for (const [, page] of text.matchAll(/\]\((\w+\.md)\)/g))
        expect(files.has(`docs/runbooks/${page}`), `${path} to ${page}`).toBe(true);
});

test('a part that we do not know is a mistake', () => {
  expect(() => generated('kafka' as Part)).toThrow(/ERR_SPEC_WITHOUT.*database, postgres/s);
});
