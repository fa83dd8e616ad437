// Hono on Node.js, by its own adapter. With SET_ROUTE a middleware names the route.

import { setRoute, setTenant } from '@bellwether/meters';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { routePath } from 'hono/route';
import { asked } from './framework-asked.mjs';

const app = new Hono().basePath('/shop');
app.use(async (context, next) => {
  setTenant('acme');
  await next();
  const path = routePath(context, -1);
  // Where no route took it, the last is a middleware.
  if (process.env.SET_ROUTE && !path.endsWith('*')) setRoute(path);
});
app.get('/users/:id', (context) => context.json(context.req.param()));
app.get('/throws', () => {
  throw new Error('on purpose');
});
app.onError((_error, context) => context.text('sorry', 500));
const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, async ({ port }) => {
  await asked(`http://127.0.0.1:${port}/shop`);
  server.close();
});
