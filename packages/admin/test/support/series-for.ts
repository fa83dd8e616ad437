import type { Catalog } from '../../src/catalog/catalog.ts';
import type { SeriesOfTest } from './prometheus-with.ts';

/** Values that the regular expressions of the catalog want; the first that fits is taken. */
const CANDIDATES =
  'EUR JPY KWD 200 500 404 critical postgresql redis hit shop find.* createMany findMany'.split(
    ' ',
  );

const IDENTITY = {
  job: 'tests/shop',
  instance: 'shop-1',
  service_name: 'shop',
  deployment_environment_name: 'test',
  http_route: '/orders',
  http_request_method: 'GET',
  http_response_status_code: '200',
  slo: 'shop-availability',
  severity: 'warning',
  alertname: 'Something',
  currency: 'EUR',
  plan: 'pro',
  cache: 'products',
  feature: 'search',
  db_system_name: 'redis',
  prisma_model: 'Order',
  prisma_action: 'findMany',
  geo_country_iso_code: 'NL',
} as const;

/**
 * Series of one tenant for every selector of what tenants may ask, so that each question has an answer. They grow `pace` times
 * a minute: numbers of another pace are somebody else's.
 */
export function seriesFor(catalog: Catalog, tenant: string, pace: number): SeriesOfTest[] {
  const found = new Map<string, SeriesOfTest>();
  for (const { tenant: template } of Object.values(catalog.queries)) {
    for (const [, name = '', matchers = ''] of (template ?? '').matchAll(
      /([a-zA-Z_:][\w:]*)\{([^}]*)\}/g,
    )) {
      const labels = { ...IDENTITY, ...labelsFor(matchers), tenant_id: tenant };
      for (const le of name.endsWith('_bucket') ? ['0.1', '1', '+Inf'] : [undefined]) {
        const all = le === undefined ? labels : { ...labels, le };
        const share = le === '0.1' ? 0.5 : 1;
        found.set(`${name}${JSON.stringify(Object.entries(all).sort())}`, {
          name,
          labels: all,
          at: (minute) => (minute + 1) * pace * share,
        });
      }
    }
  }
  return [...found.values()];
}

function labelsFor(matchers: string): Record<string, string> {
  const labels: Record<string, string> = {};
  for (const [, key = '', operator, value = ''] of matchers.matchAll(
    /(\w+)(=~|!~|!=|=)"([^"]*)"/g,
  )) {
    if (value.startsWith('$')) continue;
    if (operator === '=') labels[key] = value;
    if (operator === '=~' || operator === '!~') {
      const pattern = new RegExp(`^(?:${value})$`);
      const fits = CANDIDATES.find((one) => pattern.test(one) === (operator === '=~'));
      if (fits !== undefined) labels[key] = fits;
    }
    if (operator === '!=' && value === '' && !(key in IDENTITY)) labels[key] = 'Error';
  }
  return labels;
}
