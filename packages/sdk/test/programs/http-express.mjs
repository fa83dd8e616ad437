// An Express application that calls each of its own routes once and ends.
import http from 'node:http';
import { setTenant } from '@bellwether/sdk';
import express from 'express';

const app = express();
const things = express.Router();
const deep = express.Router();
const admin = express();
const hidden = express.Router();

app.use(express.json());
app.use((request, _response, next) => {
  // Where a real application looks the key up; the tenant is named when the server span runs already.
  setImmediate(() => {
    const key = request.get('x-api-key');
    if (key) setTenant(key);
    next();
  });
});
app.get('/', (_request, response) => response.send('home'));
app.get('/users/:id', (request, response) => response.json({ id: request.params.id }));
app.get(['/a', '/b'], (_request, response) => response.send('a or b'));
app.get(/^\/digits\d+$/, (_request, response) => response.send('digits'));
app.get('/async/:id', async (_request, response) => {
  await new Promise((resolve) => setImmediate(resolve));
  response.send('later');
});
app.get('/throws', () => {
  throw new TypeError('a bug');
});
app.get('/refuses', (_request, _response, next) =>
  next(Object.assign(new Error('no'), { status: 403 })),
);
app.get('/passes-on', (_request, _response, next) => next());
app.get('/logs-after/:id', (_request, response, next) => {
  response.send('answered');
  next();
});
app.use('/t/:tenant', things);
things.get('/', (_request, response) => response.send('all'));
things.get('/things/:id', (_request, response) => response.send('one'));
things.use('/deep', deep);
deep.post('/notes', (request, response) => response.status(201).json(request.body));
app.use('/again', deep);
app.use('/api/:version', (request, response, next) => hidden(request, response, next));
hidden.get('/items/:id', (_request, response) => response.send('item'));
app.use('/admin', admin);
admin.get('/reports/:name', (_request, response) => response.send('report'));
app.use((error, _request, response, _next) => {
  response.status(error.status ?? 500).send(error.message);
});

const wanted = [
  ['GET', '/'],
  ['GET', '/users/1'],
  ['GET', '/users/2'],
  ['GET', '/a'],
  ['GET', '/b'],
  ['GET', '/digits42'],
  ['GET', '/async/1'],
  ['GET', '/throws'],
  ['GET', '/refuses'],
  ['GET', '/passes-on'],
  ['GET', '/logs-after/1'],
  ['GET', '/nowhere'],
  ['GET', '/t/acme'],
  ['GET', '/t/acme/things/7'],
  ['POST', '/t/acme/deep/notes'],
  ['POST', '/again/notes'],
  ['GET', '/api/v2/items/1'],
  ['GET', '/admin/reports/daily'],
];

const server = app.listen(0, '127.0.0.1', async () => {
  const { port } = server.address();
  const agent = new http.Agent({ keepAlive: true });
  for (const [method, path] of wanted) await call({ agent, port, method, path });
  agent.destroy();
  server.close();
});

function call({ method, ...options }) {
  const body = method === 'POST' ? '{"text":"hello"}' : '';
  const headers = { 'x-api-key': 'acme', 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    http
      .request({ host: '127.0.0.1', method, headers, ...options }, (response) => {
        response.resume().on('end', resolve);
      })
      .on('error', reject)
      .end(body);
  });
}
