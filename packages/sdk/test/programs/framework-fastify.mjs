// Fastify 4 or 5: a hook, a plugin, an error and a path that nobody answers.
import { setTenant } from '@bellwether/meters';
import { asked } from './framework-asked.mjs';

const { default: fastify } = await import(process.env.FRAMEWORK);
const app = fastify();
app.addHook('onRequest', async () => setTenant('acme'));
app.register(
  async (shop) => {
    shop.get('/users/:id', async ({ params }) => params);
    shop.get('/throws', async () => {
      throw new Error('on purpose');
    });
  },
  { prefix: '/shop' },
);
await asked(`${await app.listen({ port: 0, host: '127.0.0.1' })}/shop`);
await app.close();
