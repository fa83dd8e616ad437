import { expect, test } from 'vitest';
import { resolveSpec } from '../resolve-spec.ts';
import { everything } from '../test-spec.ts';
import { buildAdminCatalog } from './build-admin-catalog.ts';

const catalog = buildAdminCatalog(resolveSpec(everything));

test('every panel names a query, once in a view', () => {
  for (const { id, panels } of catalog.views) {
    const names = panels.map(({ query }) => query);
    expect(new Set(names).size, id).toBe(names.length);
    for (const name of names) expect(catalog.queries[name], name).toBeDefined();
  }
});

test('no name stands for two queries', () => {
  const seen = new Map<string, string>();
  for (const { panels } of catalog.views)
    for (const { query } of panels) {
      const text = JSON.stringify(catalog.queries[query]);
      expect(seen.get(query) ?? text).toBe(text);
      seen.set(query, text);
    }
});

test('a template holds the placeholders that the server fills, and no others', () => {
  for (const [name, { all = '', tenant = '' }] of Object.entries(catalog.queries)) {
    const left = `${all} ${tenant}`.replace(
      // "$1" is Prometheus' own: a group of label_replace.
      /=~"\$(environment|service|route)"|\$(window|range)\b|"\$1"/g,
      '',
    );
    expect(left, name).not.toContain('$');
  }
});

test('a tenant is never asked about by a matcher of ours: the proxy adds it', () => {
  // That a tenant has a name at all does not contradict the proxy's matcher.
  for (const [name, { tenant = '' }] of Object.entries(catalog.queries))
    expect(tenant.replaceAll('tenant_id!=""', ''), name).not.toMatch(
      /tenant_id\s*(=|!=|=~|!~)\s*"/,
    );
});

test('what is recorded for services is asked of the records of tenants for tenants', () => {
  for (const [name, { tenant = '' }] of Object.entries(catalog.queries))
    expect(tenant, name).not.toMatch(/\b(job|job_route|slo):/);
});

test('what the services do not have is not asked', () => {
  const without = buildAdminCatalog(resolveSpec({ ...everything, without: ['redis', 'postgres'] }));
  expect(Object.keys(without.queries).filter((name) => /^(redis|postgres)-/.test(name))).toEqual(
    [],
  );
  const empty = buildAdminCatalog(resolveSpec({ catalogs: [] }));
  expect(empty.views.map(({ id }) => id)).not.toContain('business');
  expect(empty.queries['request-rate']).toBeDefined();
});
