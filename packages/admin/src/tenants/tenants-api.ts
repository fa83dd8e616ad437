import { Router } from 'express';
import { AdminError, badParameter } from '../admin-error.ts';
import { answerCache } from '../ask/answer-cache.ts';
import { readInstant } from '../ask/instant.ts';
import { readName, readNumber, readParameters } from '../ask/parameters.ts';
import type { PrometheusClient } from '../ask/prometheus-client.ts';
import { identityOf } from '../identity.ts';
import type { Settings } from '../monitoring-options.ts';
import { askTenants, COLUMNS, type Column, sortRows, type TenantTable } from './tenant-table.ts';

const PARAMETERS = [
  'search',
  'limit',
  'offset',
  'sort',
  'order',
  'from',
  'to',
  'environment',
] as const;

/** About what a row of the table takes in memory. */
const ROW_BYTES = 200;

/** `GET tenants`: the table of tenants, for super admins. It is asked for as a whole, and cut here. */
export function tenantsApi(settings: Settings, prometheus: PrometheusClient): Router {
  const { cacheSeconds: seconds, cacheBytes: maxBytes, maxTenants } = settings.limits;
  const sizeOf = ({ rows }: TenantTable) => rows.length * ROW_BYTES;
  const cache = answerCache<TenantTable>({ seconds, maxBytes, sizeOf });
  const router = Router({ caseSensitive: true });

  router.get('/tenants', async (request, response) => {
    if (identityOf(request).role !== 'super-admin')
      throw new AdminError(
        'ERR_ADMIN_FORBIDDEN',
        'Only super admins see all tenants.',
        'Ask one of them.',
      );
    const given = readParameters(request, PARAMETERS);
    const environment = readName('environment', given.environment);
    const search = (readName('search', given.search) ?? '').toLowerCase();
    const sort = readSort(given.sort);
    const descending = readOrder(given.order);
    const limit = readNumber('limit', given.limit, { least: 1, most: 1_000, fallback: 50 });
    const offset = readNumber('offset', given.offset, { least: 0, most: maxTenants, fallback: 0 });
    const instant = readInstant({ ...pick(given.from, 'from'), ...pick(given.to, 'to') }, settings);
    const key = JSON.stringify([environment, instant.time, instant.range]);
    const table = await cache.get(key, () =>
      askTenants(environment, instant, settings, prometheus),
    );
    const found = table.rows.filter(({ tenant }) => tenant.toLowerCase().includes(search));
    const from = Math.floor(offset);
    response.json({
      tenants: sortRows(found, sort, descending).slice(from, from + Math.floor(limit)),
      total: found.length,
      truncated: table.truncated,
      warnings: table.warnings,
    });
  });
  return router;
}

const pick = <Name extends string>(value: string | undefined, name: Name) =>
  (value === undefined ? {} : { [name]: value }) as Partial<Record<Name, string>>;

function readSort(text = 'health'): Column | 'tenant' {
  if (text === 'tenant' || Object.hasOwn(COLUMNS, text)) return text as Column | 'tenant';
  throw badParameter('sort', `one of tenant, ${Object.keys(COLUMNS).join(', ')}`);
}

function readOrder(text = 'asc'): boolean {
  if (text === 'asc' || text === 'desc') return text === 'desc';
  throw badParameter('order', 'asc or desc');
}
