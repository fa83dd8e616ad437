import type { Identity } from '../../../src/index.ts';
import { adminOf, superAdmin } from '../admin-app.ts';

/** One hostile request. */
export interface Attack {
  readonly what: string;
  /** Who the host says it is; undefined: nobody. A text is what a broken host might say. */
  readonly as: Identity | string | undefined;
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const acme = adminOf('acme');
const nobody = undefined;
const enc = encodeURIComponent;
const get = (what: string, path: string, headers?: Record<string, string>): Attack => ({
  what,
  as: acme,
  path,
  ...(headers && { headers }),
});

const evilLabels = [
  'globex',
  '.*',
  'acme|globex',
  'acme"} or {tenant_id="globex',
  'acme\\"} or vector(1) #',
  '"} or {__name__=~".+"} or x{a="',
  '[1d:1s]',
  '__other__',
  '\0',
  'acme\r\nX-Tenant: globex',
  '../globex',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of Grafana
  '${tenant}',
];

const parameters = ['tenant', 'environment', 'service', 'route'].flatMap((name) =>
  (name === 'tenant' ? evilLabels : evilLabels.slice(1, 7)).map((value) =>
    get(`${name}=${value}`, `api/instant/request-rate?${name}=${enc(value)}`),
  ),
);

const shapes = [
  get('the tenant twice', 'api/instant/request-rate?tenant=acme&tenant=globex'),
  get('the tenant as a list', 'api/instant/request-rate?tenant[]=globex'),
  get('the tenant as an object', 'api/instant/request-rate?tenant[__proto__]=globex'),
  get('the tenant in capitals', 'api/instant/request-rate?TENANT=globex'),
  get('a label of Prometheus', 'api/instant/request-rate?tenant_id=globex'),
  get('PromQL beside the name', `api/instant/request-rate?query=${enc('up{tenant_id="globex"}')}`),
  get('matchers beside the name', `api/range/request-rate?match[]=${enc('{tenant_id="globex"}')}`),
  get('PromQL as a name', `api/instant/${enc('up or {tenant_id="globex"}')}`),
  get('a name of the prototype', 'api/instant/__proto__'),
  get('a constructor as a name', 'api/range/constructor'),
  get('a question for super admins', 'api/instant/tenant-health'),
  get('another tenant live', 'api/live?tenant=globex'),
];

const servers = [
  'query?query=up',
  'query_range?query=up&start=0&end=9&step=1',
  'series?match[]={tenant_id="globex"}',
  'labels',
  'label/tenant_id/values',
  'metadata',
  'query_exemplars?query=up',
  'rules',
  'alerts',
  'targets',
  'status/config',
  'admin/tsdb/snapshot',
].flatMap((path) => [
  get(`Prometheus' ${path}`, `api/v1/${path}`),
  get(`up and down to ${path}`, `api/instant/..%2f..%2f..%2fapi%2fv1%2f${path}`),
]);

const paths = [
  get('dots', 'api/instant/%2e%2e/%2e%2e/api/v1/query?query=up'),
  get('dots and semicolons', 'api/instant/..;/..;/api/v1/labels'),
  get('two slashes', '/api/v1/labels'),
  get('backslashes', 'api%5c..%5capi%5cv1%5clabels'),
  get('a path that is no UTF-8', 'api/instant/%ff%fe'),
  get('NUL in the path', 'api/instant/request-rate%00.json'),
  get('a file of the host', 'assets/..%2f..%2f..%2f..%2fetc%2fpasswd'),
  get('a file of the package', 'assets/%2e%2e/%2e%2e/package.json'),
  get('Alertmanager itself', 'api/v2/alerts'),
  get('silences of Alertmanager', 'api/v2/silences'),
  get('federation', 'federate?match[]={tenant_id="globex"}'),
  get('15 kB of path', `api/instant/${'a'.repeat(15_000)}`),
];

const headers = [
  get('the header of the proxy', 'api/instant/request-rate', { 'x-tenant': 'globex' }),
  get('the header of Cortex', 'api/instant/request-rate', { 'x-scope-orgid': 'globex' }),
  get('the header of Thanos', 'api/instant/request-rate', { 'thanos-tenant': 'globex' }),
  get('the header of a proxy for users', 'api/tenants', { 'x-forwarded-user': 'ada@example.com' }),
  get('another address', 'api/instant/request-rate', { 'x-original-url': '/api/tenants' }),
  get('another method', 'api/silences', { 'x-http-method-override': 'POST' }),
  get('a token without a signature', 'api/tenants', { authorization: `Bearer ${noneToken()}` }),
  get('a planted cookie', 'api/tenants', { cookie: 'shop-admin=AAAA; role=super-admin' }),
  get('an answer of somebody else from a cache', 'api/instant/request-rate', {
    'if-none-match': '*',
    'x-forwarded-host': 'evil.example.com',
  }),
];

const strangers: readonly Attack[] = [
  ...[
    '',
    'api/session',
    'api/views',
    'api/instant/request-rate',
    'api/range/request-rate',
    'api/tenants',
    'api/alerts',
    'api/audit',
    'api/live',
  ].map((path) => ({ what: `nobody asks for ${path || 'the page'}`, as: nobody, path })),
  {
    what: 'nobody with a token without a signature',
    as: nobody,
    path: 'api/tenants',
    headers: { authorization: `Bearer ${noneToken()}` },
  },
  ...[
    { role: 'root', user: 'x' },
    { role: 'tenant-admin', user: 'x' },
    { role: 'tenant-admin', user: 'x', tenant: '' },
    { role: 'tenant-admin', user: 'x', tenant: ['globex'] },
    { role: 'tenant-admin', user: 'x', tenant: 'globex"} or {a="' },
    { role: 'tenant-admin', user: 'x', tenant: '.+' },
    { role: ['super-admin'], user: 'x' },
    [],
    true,
  ].map((identity) => ({
    what: `the host says ${JSON.stringify(identity)}`,
    as: JSON.stringify(identity),
    path: 'api/instant/request-rate',
  })),
];

const silence = JSON.stringify({
  matchers: [{ name: 'tenant_id', value: 'globex' }],
  minutes: 60,
  comment: 'x',
});
const change = (
  what: string,
  as: Attack['as'],
  headers: Record<string, string>,
  body = silence,
): Attack => ({
  what,
  as,
  path: 'api/silences',
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body,
});
const marked = { 'x-bellwether-admin': '1' };
const changes: readonly Attack[] = [
  change('a tenant silences another', acme, { ...marked, 'sec-fetch-site': 'same-origin' }),
  change('nobody silences', nobody, marked),
  change('a page of somebody else silences', superAdmin, {
    ...marked,
    origin: 'https://evil.example.com',
  }),
  change('a form of somebody else silences', superAdmin, {
    'content-type': 'text/plain',
    'sec-fetch-site': 'cross-site',
  }),
  change('a form without the header', superAdmin, { 'sec-fetch-site': 'same-origin' }),
  change('a page of a neighbour', superAdmin, { ...marked, 'sec-fetch-site': 'same-site' }),
  change('an origin of null', superAdmin, { ...marked, origin: 'null' }),
  change(
    'a megabyte',
    superAdmin,
    { ...marked, 'sec-fetch-site': 'same-origin' },
    `"${'x'.repeat(1_000_000)}"`,
  ),
  change(
    'a deep nest',
    superAdmin,
    { ...marked, 'sec-fetch-site': 'same-origin' },
    '['.repeat(50_000),
  ),
  change(
    'a prototype',
    superAdmin,
    { ...marked, 'sec-fetch-site': 'same-origin' },
    '{"__proto__":{"role":"x"},"minutes":"all"}',
  ),
  {
    what: 'a tenant ends a silence',
    as: acme,
    path: 'api/silences/x',
    method: 'DELETE',
    headers: marked,
  },
  {
    what: 'a silence at another path',
    as: superAdmin,
    path: 'api/silences/..%2f..%2fstatus',
    method: 'DELETE',
    headers: { ...marked, 'sec-fetch-site': 'same-origin' },
  },
];

const floods = [
  get('ten years by the second', 'api/range/request-rate?from=1400000000&to=1763700000&step=1'),
  get('a step of nothing', 'api/range/request-rate?step=0'),
  get('a step of -1', 'api/range/request-rate?step=-1'),
  get('no number', 'api/range/request-rate?from=NaN&to=Infinity'),
  get('a number without end', `api/range/request-rate?from=${'9'.repeat(400)}&to=1e309`),
  get('the end before the beginning', 'api/range/request-rate?from=1763700000&to=1763600000'),
  get('a thousand parameters', `api/instant/request-rate?${'a=1&'.repeat(1_000)}`),
  get('all tenants', 'api/tenants?limit=1000000000&offset=-1'),
  get('the whole audit trail', 'api/audit?limit=1000000000'),
  get('a method of its own', 'api/instant/request-rate'),
];

/** All of them, each with its kind. */
export const attacks: readonly (Attack & { readonly kind: string })[] = Object.entries({
  'texts in parameters': parameters,
  'shapes of parameters': shapes,
  'addresses of the servers behind': servers,
  paths,
  headers,
  'who one is': strangers,
  changes,
  floods,
}).flatMap(([kind, members]) => members.map((attack) => ({ kind, ...attack })));

function noneToken(): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part({ sub: 'ada@example.com', role: 'super-admin' })}.`;
}
