import { openBrowser } from '../../examples/shop/test/admin-browser.ts';

const dataSource = '/grafana/api/datasources/proxy/uid/bellwether-prometheus';

/**
 * Grafana through the published port of the shop: for super admins, and for nobody else, whatever they send along. Gives rows `{ who, asks, answer, as }`
 * where `as` says whether the answer is the expected one.
 */
export async function tryGrafana({ compose, origin, dashboards }) {
  const rows = [];
  const note = (who, asks, answer, as) => rows.push({ who, asks, answer, as });
  const page = { 'sec-fetch-mode': 'navigate' };

  const nobody = openBrowser(origin);
  const asNobody = await nobody.get('/grafana/api/search', page);
  note('nobody', 'dashboards', asNobody.status, [303, 401].includes(asNobody.status));
  const forged = await nobody.get('/grafana/api/search', {
    'x-jwt-assertion': 'e30.e30.e30',
    'x-webauth-user': 'admin',
    accept: 'application/json',
  });
  note('nobody, with headers of an identity', 'dashboards', forged.status, forged.status === 401);

  const tenant = await logIn('admin@acme.example', ['--role', 'tenant-admin', '--tenant', 'acme']);
  const asTenant = await tenant.get('/grafana/api/search');
  note("a tenant's admin", 'dashboards', asTenant.status, asTenant.status === 403);

  const all = await logIn('super@shop.example', ['--role', 'super-admin']);
  const listed = await all.get('/grafana/api/search');
  const count = listed.status === 200 ? JSON.parse(listed.text).length : 0;
  note('a super admin', 'dashboards', `${count} dashboards`, count === dashboards);
  const user = await all.get('/grafana/api/user');
  note('a super admin', 'who is this', user.text, user.text.includes('"role":"Editor"'));
  const up = await all.get(`${dataSource}/api/v1/query?query=up`);
  const jobs = up.status === 200 ? JSON.parse(up.text).data.result.length : 0;
  note('a super admin', 'Prometheus through Grafana', `${jobs} series`, jobs > 5);
  const sources = await all.get('/grafana/api/datasources');
  const traces = /"uid":"bellwether-tempo"/.test(sources.text);
  const leads = /"traces":"bellwether-tempo"/.test(sources.text);
  note('a super admin', 'data sources', traces ? 'traces too' : 'no traces', traces && leads);
  return rows;

  async function logIn(email, role) {
    const password = await compose(
      'exec',
      '-T',
      'shop',
      'node',
      'dist/admin-user.js',
      email,
      ...role,
    );
    const browser = openBrowser(origin);
    const { status } = await browser.logIn({ email, password });
    if (status !== 303) throw new Error(`Expected the login of ${email} to lead on, got ${status}`);
    return browser;
  }
}
