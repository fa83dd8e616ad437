// Numbers for pictures and states of the page: the same for the same name and time, shaped like a day in a shop.

export interface MadeUpPanel {
  readonly id: string;
  readonly query: string;
  readonly unit: string;
  readonly kind: string;
  readonly legend?: string;
}

const values: Readonly<Record<string, readonly string[]>> = {
  http_response_status_code: ['200', '201', '404', '409', '500'],
  http_request_method: ['GET', 'POST', 'DELETE'],
  quantile: ['p50', 'p90', 'p95', 'p99'],
  errors: ['4xx', '5xx'],
  service_name: ['shop', 'notifications', 'payments'],
  currency: ['CHF', 'EUR', 'USD'],
  plan: ['free', 'team', 'business'],
  feature: ['search', 'export', 'reports', 'webhooks'],
  step: ['Product seen', 'Added to cart', 'Checkout', 'Paid'],
  cache: ['catalog', 'sessions'],
  http_route: ['/products', '/products/{id}', '/carts/{id}', '/checkout', '/orders'],
  tenant_id: ['acme', 'globex', 'initech', '<script>alert(1)</script>', '.*"} or up{'],
  severity: ['critical', 'warning'],
  slo: ['availability', 'latency', 'checkout'],
  state: ['active', 'suppressed'],
};

/** Every combination of what a legend names, at most six. */
export function madeUpLabels({ legend = '', unit }: MadeUpPanel): Record<string, string>[] {
  const names = [...legend.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name);
  if (names.length === 0) return [unit.includes('currency') ? { currency: 'EUR' } : {}];
  const [first = '', ...rest] = names;
  return (values[first] ?? [`${first} 1`, `${first} 2`])
    .slice(0, 6)
    .map((value) =>
      Object.fromEntries([
        [first, value],
        ...rest.map((name) => [name, (values[name] ?? [`${name} 1`])[0] ?? '']),
      ]),
    );
}

const bases: Readonly<Record<string, number>> = {
  s: 0.084,
  '1': 0.006,
  By: 180e6,
  '{request}/s': 42,
  '{order}/h': 960,
  '{currency}/h': 12_400,
  '{currency}': 48_250,
};

/** A value that wanders around the base of its unit. */
export function madeUpValue({ query, unit }: MadeUpPanel, index: number, seconds: number): number {
  const seed = [...query].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9973, 7);
  const good = /hit|success|budget|health|utiliz|heap/.test(query);
  const base = good && unit === '1' ? 0.93 : (bases[unit] ?? 120);
  const wave = Math.sin(seconds / 1900 + seed) * 0.16 + Math.sin(seconds / 410 + seed * 3) * 0.07;
  const noise = ((Math.sin(seconds * 12.9898 + seed * 78.233 + index) * 43_758.5453) % 1) * 0.05;
  if (good && unit === '1') return Math.min(0.999, base - index * 0.08 + (wave + noise) * 0.08);
  return (base * (1 + wave + noise)) / (1 + index * 0.62);
}

export const heatmapBounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** Cumulative counts of a histogram whose middle wanders. */
export function madeUpBucket(bound: number, seconds: number): number {
  const middle = Math.log(0.06 * (1 + 0.5 * Math.sin(seconds / 1700)));
  const width = 0.9 + 0.25 * Math.sin(seconds / 900);
  return 600 / (1 + Math.exp(-(Math.log(bound) - middle) / (width * 0.55)));
}
