// The apps that are measured. Each is started again for every variant and repeat; what it needs (servers, rows) is started once.
import { fileURLToPath } from 'node:url';
import { startMeasured } from './measured-process.mjs';

const file = (path) => fileURLToPath(new URL(path, import.meta.url));
export const reportCosts = ['--require', file('report-costs.cjs')];

/**
 * By name: `title`, `kind` ('cjs' or 'esm': which flags of a variant it takes), `file`, `load` (chunks and most of the warm-up, requests of a slice, slices), and `prepare()`, which gives
 * `{ env, path, headers, end }`. A variant may bring a `file` of its own for the same route.
 */
export const apps = {
  hello: {
    title: 'Express, hello',
    kind: 'cjs',
    file: file('apps/hello.cjs'),
    load: { warmUp: { chunk: 5_000, most: 80_000 }, count: 1_500, slices: 24 },
    prepare: async () => ({ env: {}, path: '/hello/world', end: async () => {} }),
  },
  redis: {
    title: 'Express and one GET of Redis',
    kind: 'cjs',
    file: file('apps/redis.cjs'),
    load: { warmUp: { chunk: 4_000, most: 60_000 }, count: 1_000, slices: 24 },
    prepare: async () => {
      const { startRedis } = await import('../../packages/testkit/dist/index.js');
      const redis = await startRedis();
      return { env: { REDIS_URL: redis.url }, path: '/greeting/world', end: () => redis.stop() };
    },
  },
  shop: {
    title: 'the shop, Prisma and Redis',
    kind: 'esm',
    file: file('../../examples/shop/dist/server.js'),
    load: { warmUp: { chunk: 500, most: 6_000 }, count: 250, slices: 16 },
    prepare: prepareShop,
  },
};

/** The shop of examples/shop on a PostgreSQL and a Redis of its own, asked with the key of its first tenant. */
async function prepareShop() {
  const { startPostgres, startRedis } = await import('../../packages/testkit/dist/index.js');
  const { prepareDatabase } = await import('../../examples/shop/dist/database/index.js');
  const servers = [];
  const end = () => Promise.all(servers.map((server) => server.stop()));
  try {
    const postgres = await startPostgres();
    servers.push(postgres);
    const redis = await startRedis();
    servers.push(redis);
    const { tenants } = await prepareDatabase(postgres.url);
    const env = {
      PORT: '0',
      DATABASE_URL: postgres.url,
      REDIS_URL: redis.url,
      JWT_SECRET: 'a secret of this bench and of nothing else',
      LOG_LEVEL: 'error',
      // Longer than a measurement: the list comes from Redis, the product from PostgreSQL.
      SHOP_CACHE_SECONDS: '3600',
    };
    const headers = { 'x-api-key': tenants[0].apiKey };
    const { id } = await firstProduct(env, headers);
    return { env, headers, path: ['/products', `/products/${id}`], end };
  } catch (error) {
    await end();
    throw error;
  }
}

async function firstProduct(env, headers) {
  const shop = await startMeasured({ args: [...reportCosts, apps.shop.file], env, core: 1 });
  try {
    const response = await fetch(`http://127.0.0.1:${shop.port}/products`, { headers });
    const { products } = await response.json();
    return products[0];
  } finally {
    await shop.end();
  }
}
