// A Fastify server with plugins, hooks and errors, and a client that asks for each.
import { setTenant } from '@bellwether/meters';

const { default: fastify } = await import(process.env.FASTIFY ?? 'fastify');
const app = fastify();

app.addHook('onRequest', async (request, reply) => {
  setTenant('acme');
  if (request.headers['x-refuse']) return reply.code(401).send({ error: 'who are you' });
});
app.get('/', async () => ({ hello: 'world' }));
app.get('/users/:id', (request, reply) => {
  setTimeout(() => reply.send({ id: request.params.id }), 1);
});
app.register(
  async (api) => {
    api.addHook('preHandler', async () => setTenant('globex'));
    api.get('/items/:item', async (request) => request.params);
    api.post('/items', async (request, reply) => reply.code(201).send(request.body));
    api.get('/', async () => 'root of the plugin');
  },
  { prefix: '/api/v1' },
);
app.get('/throws', async () => {
  throw new Error('on purpose');
});
app.get('/files/*', async () => 'file');

const base = await app.listen({ port: 0, host: '127.0.0.1' });
const ask = async (path, init) => (await fetch(base + path, init)).text();
await ask('/');
await ask('/users/1');
await ask('/users/2?full=1');
await ask('/users/3', { headers: { 'x-refuse': '1' } });
await ask('/api/v1/items/9');
await ask('/api/v1/items', {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ a: 1 }),
});
await ask('/api/v1');
await ask('/throws');
await ask('/files/a/b');
await ask('/nowhere');
await app.close();
