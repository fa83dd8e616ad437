// Koa: middleware, a router, an error and a path that nobody answers.

import { setTenant } from '@bellwether/meters';
import Router from '@koa/router';
import Koa from 'koa';
import { asked } from './framework-asked.mjs';

const app = new Koa();
const router = new Router({ prefix: '/shop' });
router.get('/users/:id', (context) => {
  context.body = context.params;
});
router.get('/throws', () => {
  throw new Error('on purpose');
});
app.silent = true;
app.use(async (_context, next) => {
  setTenant('acme');
  await next();
});
app.use(router.routes());
const server = app.listen(0, '127.0.0.1', async () => {
  await asked(`http://127.0.0.1:${server.address().port}/shop`);
  server.close();
});
