import { freePort } from '@bellwether/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AdminApp, adminOf, startAdminApp, superAdmin } from './support/admin-app.ts';
import { json, startHostileServer, vector } from './support/hostile-server.ts';

type Hostile = Awaited<ReturnType<typeof startHostileServer>>;
let prometheus: Hostile;
let app: AdminApp;
let impatient: AdminApp;

beforeAll(async () => {
  prometheus = await startHostileServer(vector());
  const options = {
    prometheus: { url: prometheus.url },
    tenantPrometheus: { url: prometheus.url },
    cacheSeconds: 0,
    maxAnswerBytes: 20_000,
    maxSeries: 3,
  };
  app = await startAdminApp({ ...options, timeoutMs: 60_000 });
  impatient = await startAdminApp({ ...options, timeoutMs: 400 });
});
afterAll(() => Promise.all([app, impatient, prometheus].map((one) => one?.stop())));

const ask = async (as = superAdmin, of = app) => {
  const response = await of.ask('api/instant/request-rate', as);
  return { status: response.status, said: await response.json() };
};
const error = (status: number, code: string) => ({ status, said: { error: { code } } });

const faults = [
  ['no JSON', json(200, '<html>nginx</html>'), 502, 'ERR_ADMIN_PROMETHEUS_RUBBISH'],
  ['JSON of somebody else', json(200, { hello: 1 }), 502, 'ERR_ADMIN_PROMETHEUS_RUBBISH'],
  ['JSON null', json(200, 'null'), 502, 'ERR_ADMIN_PROMETHEUS_RUBBISH'],
  [
    'a result of the wrong shape',
    json(200, { status: 'success', data: { resultType: 'vector', result: [{ value: 1 }] } }),
    502,
    'ERR_ADMIN_PROMETHEUS_RUBBISH',
  ],
  [
    'a 422 for a query that it can not run',
    json(422, { status: 'error', errorType: 'execution', error: 'bad' }),
    502,
    'ERR_ADMIN_PROMETHEUS_REFUSED',
  ],
  [
    'too many samples',
    json(422, { status: 'error', errorType: 'execution', error: 'too many samples' }),
    422,
    'ERR_ADMIN_TOO_LARGE',
  ],
  [
    'its own time-out',
    json(503, { status: 'error', errorType: 'timeout', error: 'query timed out' }),
    504,
    'ERR_ADMIN_PROMETHEUS_SLOW',
  ],
  ['502 from a proxy', json(502, 'Bad Gateway'), 503, 'ERR_ADMIN_PROMETHEUS_DOWN'],
  ['500', json(500, 'oh no'), 502, 'ERR_ADMIN_PROMETHEUS_FAILED'],
  ['401', json(401, 'who are you'), 502, 'ERR_ADMIN_PROMETHEUS_REFUSED'],
  ['more than is read', json(200, 'x'.repeat(50_000)), 422, 'ERR_ADMIN_TOO_LARGE'],
] as const;

test.each(faults)('Prometheus answers %s', async (_name, answer, status, code) => {
  prometheus.answerWith(answer);
  expect(await ask()).toMatchObject(error(status, code));
});

test('a redirect is not followed', async () => {
  prometheus.answerWith((_request, response) => {
    response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
  });
  expect(await ask()).toMatchObject(error(502, 'ERR_ADMIN_PROMETHEUS_RUBBISH'));
});

test('it does not answer, or stops in the middle', async () => {
  prometheus.answerWith(() => {});
  expect(await ask(superAdmin, impatient)).toMatchObject(error(504, 'ERR_ADMIN_PROMETHEUS_SLOW'));
  prometheus.answerWith((_request, response) => {
    response.writeHead(200);
    response.write('{"status":');
  });
  expect(await ask(superAdmin, impatient)).toMatchObject(error(504, 'ERR_ADMIN_PROMETHEUS_SLOW'));
  prometheus.answerWith((request) => request.socket.destroy());
  expect(await ask()).toMatchObject(error(503, 'ERR_ADMIN_PROMETHEUS_DOWN'));
});

test('no error tells an address or a query', async () => {
  const said = JSON.stringify((await ask()).said);
  expect(said).not.toMatch(/127\.0\.0\.1|http_server|ECONN|localhost/);
});

test('nobody is there: the page is told, and the session still works', async () => {
  const gone = await startAdminApp({
    prometheus: { url: `http://127.0.0.1:${await freePort()}` },
  });
  const response = await gone.ask('api/range/request-rate', superAdmin);
  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).toBe('5');
  expect(await response.json()).toMatchObject({ error: { code: 'ERR_ADMIN_PROMETHEUS_DOWN' } });
  const session = await gone.ask('api/session', superAdmin);
  expect(await session.json()).toMatchObject({ role: 'super-admin', environments: [] });
  const tenant = await gone.ask('api/range/request-rate', adminOf('acme'));
  expect(await tenant.json()).toMatchObject({ error: { code: 'ERR_ADMIN_TENANT_PROXY' } });
  await gone.stop();
});

test('more series than are shown are cut, and that is said', async () => {
  prometheus.answerWith(vector([{}, 1], [{}, 2], [{}, 3], [{}, 4]));
  expect((await ask()).said).toMatchObject({ truncated: true, rows: { length: 3 } });
});

test('what is no number is null', async () => {
  prometheus.answerWith(vector([{}, Number.NaN], [{}, Number.POSITIVE_INFINITY]));
  expect((await ask()).said).toMatchObject({ rows: [{ value: null }, { value: null }] });
});

test('a clock that is off is said, not hidden', async () => {
  prometheus.answerWith((request, response) => {
    response.setHeader('date', new Date(Date.now() - 120_000).toUTCString());
    vector()(request, response);
  });
  const { warnings } = (await ask()).said as { warnings: string[] };
  expect(warnings).toEqual([expect.stringMatching(/^The clock of Prometheus is 1\d\d s behind/)]);
});

test('a plain Prometheus is no proxy: no tenant’s question goes there', async () => {
  prometheus.answerWith(vector([{ tenant_id: 'globex' }, 1]));
  expect(await ask(adminOf('acme'))).toMatchObject(error(503, 'ERR_ADMIN_TENANT_PROXY'));
});

test('an answer about another tenant is not shown', async () => {
  prometheus.answerWith((request, response) => {
    let body = '';
    request.on('data', (data) => {
      body += data;
    });
    request.on('end', () => {
      const probes = /query=up(&|$|%7B)/.test(body);
      (probes ? json(400, {}) : vector([{ tenant_id: 'globex' }, 1]))(request, response);
    });
  });
  expect(await ask(adminOf('acme'))).toMatchObject(error(502, 'ERR_ADMIN_ISOLATION'));
});
