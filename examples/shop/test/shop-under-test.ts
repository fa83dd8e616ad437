import { fileURLToPath } from 'node:url';
import {
  type OtlpReceiver,
  type Program,
  type RedisServer,
  runProgram,
  startOtlpReceiver,
  startPostgres,
  startRedis,
} from '@bellwether/testkit';
import { type PreparedTenant, prepareDatabase } from '../src/database/index.ts';
import { countryHeader } from '../src/traffic/index.ts';

export interface ShopUnderTest {
  readonly address: string;
  readonly program: Program;
  readonly receiver: OtlpReceiver;
  readonly databaseUrl: string;
  readonly jwtSecret: string;
  readonly adminToken: string;
  readonly tenants: readonly PreparedTenant[];
  redis: RedisServer;
  /** One more process over the same servers, with other variables; it ends with the shop. Returns its address. */
  startReplica(env: Readonly<Record<string, string>>): Promise<string>;
  stop(): Promise<void>;
}

/** The real shop from dist, instrumented by the flag, on a real PostgreSQL and a real Redis of its own. */
export async function startShopUnderTest(
  env: Readonly<Record<string, string>> = {},
): Promise<ShopUnderTest> {
  const [postgres, redis, receiver] = await Promise.all([
    startPostgres(),
    startRedis(),
    startOtlpReceiver(),
  ]);
  const { tenants } = await prepareDatabase(postgres.url);
  const jwtSecret = 'a secret of these tests and of nothing else';
  const adminToken = 'an administrator of these tests';
  const start = async (more: Readonly<Record<string, string>>) => {
    const program = runProgram({
      file: 'dist/server.js',
      cwd: fileURLToPath(new URL('..', import.meta.url)),
      imports: ['@bellwether/sdk/register'],
      timeoutMs: 420_000,
      env: {
        PORT: '0',
        DATABASE_URL: postgres.url,
        REDIS_URL: redis.url,
        JWT_SECRET: jwtSecret,
        SHOP_ADMIN_TOKEN: adminToken,
        BELLWETHER_COUNTRY_HEADER: countryHeader,
        OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
        OTEL_METRIC_EXPORT_INTERVAL: '300',
        OTEL_TRACES_SAMPLER: 'always_off',
        ...more,
      },
    });
    const [, address = ''] = await program.waitForLine(/the shop listens on (http:\/\/[^"\s]+)/);
    return { program, address };
  };
  const { program, address } = await start(env);
  const replicas: Program[] = [];
  const shop: ShopUnderTest = {
    address,
    program,
    receiver,
    databaseUrl: postgres.url,
    jwtSecret,
    adminToken,
    tenants,
    redis,
    startReplica: async (more) => {
      const replica = await start(more);
      replicas.push(replica.program);
      return replica.address;
    },
    stop: async () => {
      await Promise.all([program, ...replicas].map((one) => one.stop()));
      await shop.redis.stop();
      await postgres.stop();
      await receiver.close();
    },
  };
  return shop;
}

export interface ShopAnswer {
  readonly status: number;
  readonly body: { readonly [key: string]: unknown };
}

/** Asks the shop as one of its tenants would. */
export async function ask(
  { address }: Pick<ShopUnderTest, 'address'>,
  path: string,
  {
    method = 'GET',
    body,
    headers = {},
  }: { method?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<ShopAnswer> {
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(`${address}${path}`, {
    method,
    headers: { ...headers, ...(text !== undefined && { 'content-type': 'application/json' }) },
    ...(text !== undefined && { body: text }),
  });
  const answer = await response.text();
  return { status: response.status, body: answer === '' ? {} : JSON.parse(answer) };
}

/** A new customer of the tenant, logged in. */
export async function signIn(
  shop: ShopUnderTest,
  { apiKey }: PreparedTenant,
  email: string,
): Promise<Record<string, string>> {
  const headers = { 'x-api-key': apiKey };
  const password = 'correct horse battery';
  const customer = { email, name: 'Test', password };
  await ask(shop, '/register', { method: 'POST', headers, body: customer });
  const { body } = await ask(shop, '/login', {
    method: 'POST',
    headers,
    body: { email, password },
  });
  return { authorization: `Bearer ${body.token}` };
}
