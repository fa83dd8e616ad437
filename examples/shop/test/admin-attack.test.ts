import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { pollUntil } from '@bellwether/testkit';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createLoginLimits, type LoginLimits } from '../src/admin/login/login-limits.ts';
import { type AdminLogin, issueAdminLogin } from '../src/admin/users/issue-admin-login.ts';
import { connectRedis, type RedisClient } from '../src/cache/connect-redis.ts';
import { openDatabase } from '../src/database/database.ts';
import { type AdminAnswer, openBrowser } from './admin-browser.ts';
import { type Attack, type Ground, isRefused, type Role, sessionOf } from './attack/attack.ts';
import { crossSite } from './attack/cross-site.ts';
import { forgedCookies } from './attack/forged-cookies.ts';
import { hostileForms } from './attack/hostile-forms.ts';
import { pathsAndRoles } from './attack/paths-and-roles.ts';
import { rawRequests, sendRaw } from './attack/raw-requests.ts';
import { leakIn, recordAttack } from './attack/record-attack.ts';
import { redirects } from './attack/redirects.ts';
import { sessionAttacks } from './attack/sessions.ts';
import { type ShopUnderTest, startShopUnderTest } from './shop-under-test.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

let shop: ShopUnderTest;
/** The same shop behind a proxy that it trusts. */
let behindProxy: string;
let redis: RedisClient;
let limits: LoginLimits;
let ground: Ground;
let left: { text: string; close(): void };

const people: Readonly<Record<Role, Pick<AdminLogin, 'email' | 'tenant'>>> = {
  'super-admin': { email: 'planted-ada@shop.example', tenant: null },
  'tenant-admin': { email: 'bo@acme.example', tenant: 'acme' },
  staff: { email: 'carla@acme.example', tenant: 'acme' },
};

beforeAll(async () => {
  // Nobody listens there: what it would say is another suite's. The page and its doors are there all the same.
  const env = {
    SHOP_PROMETHEUS_URL: 'http://127.0.0.1:1',
    SHOP_TENANT_PROMETHEUS_URL: 'http://127.0.0.1:1',
    SHOP_ALERTMANAGER_URL: 'http://127.0.0.1:1',
  };
  shop = await startShopUnderTest(env);
  behindProxy = await shop.startReplica({ ...env, SHOP_TRUSTED_PROXIES: 'loopback' });
  redis = await connectRedis(shop.redis.url, pino({ level: 'silent' }), '');
  limits = createLoginLimits(redis);
  const database = openDatabase(shop.databaseUrl, 1);
  const entered = await Promise.all(
    Object.entries(people).map(async ([role, { email, tenant }]) => {
      const login = await issueAdminLogin(database, { email, role: role as Role, tenant });
      const browser = openBrowser(shop.address);
      expect((await browser.logIn(login)).status).toBe(303);
      return [role, { login, browser }] as const;
    }),
  );
  await database.$disconnect();
  const of = <T>(what: (one: (typeof entered)[number][1]) => T) =>
    Object.fromEntries(entered.map(([role, one]) => [role, what(one)])) as Record<Role, T>;
  ground = {
    origin: shop.address,
    logins: of(({ login }) => login),
    browsers: of(({ browser }) => browser),
  };
  left = await leaveStreamOpen();
});
afterAll(async () => {
  left?.close();
  redis?.destroy();
  await shop?.stop();
});

/** A live stream of somebody who has logged out since. */
async function leaveStreamOpen() {
  const browser = openBrowser(shop.address);
  await browser.logIn(ground.logins['tenant-admin']);
  const asked = request(new URL('/admin/monitoring/api/live', shop.address), {
    headers: { cookie: `shop-admin=${sessionOf(browser)}`, accept: 'text/event-stream' },
  });
  asked.on('error', () => {});
  asked.end();
  const stream = { text: '', close: () => asked.destroy() };
  asked.once('response', (response) => {
    response.setEncoding('utf8').on('data', (text) => {
      stream.text += text;
    });
  });
  await pollUntil(() => stream.text.includes('retry'), { timeoutMs: 60_000 });
  const { token } = await browser.get('/admin');
  await browser.post('/admin/logout', { token });
  return stream;
}

/** Nothing was shown, nothing has broken, and everybody is who they were. */
async function expectUnharmed({ text, status }: Pick<AdminAnswer, 'text' | 'status'>) {
  expect(leakIn(text)).toBeUndefined();
  expect(status, text.slice(0, 300)).toBeLessThan(500);
  expect(text).not.toMatch(/\bat \w+.*\(.*:\d+:\d+\)|node_modules/);
  for (const browser of Object.values(ground.browsers))
    expect((await browser.get('/admin')).status).toBe(200);
}

const suites: Readonly<Record<string, readonly Attack[]>> = {
  'forged cookies': forgedCookies,
  sessions: sessionAttacks,
  'other sites': crossSite,
  redirects,
  forms: hostileForms,
  'paths and roles': pathsAndRoles,
};

describe.each(Object.entries(suites))('%s', (kind, attacks) => {
  test.each(attacks)('$what', async ({ what, send, holds = isRefused }) => {
    const answer = await send(ground);
    recordAttack(kind, what, answer);
    await expectUnharmed(answer);
    expect(holds(answer, ground), `${answer.status} ${answer.location ?? answer.text}`).toBe(true);
  });
});

describe('framing', () => {
  test.each(rawRequests)('%s', async (what, bytes) => {
    const text = await sendRaw(shop.address, bytes);
    const statuses = [...text.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, code]) => Number(code));
    const [status = 0] = statuses;
    const location = /^location: (\S+)/im.exec(text)?.[1];
    recordAttack('framing', what, { status, text, location });
    await expectUnharmed({ text, status });
    // One request, one answer: what was smuggled in behind it has none.
    expect(statuses.length, text).toBeLessThanOrEqual(1);
    expect(status === 0 || status === 303 || status >= 400, text).toBe(true);
    if (status === 303) expect(location).toMatch(/^\/admin\/login/);
  });
});

describe('slow senders', () => {
  const beginnings = {
    'a hundred slow headers': 'GET /admin/login HTTP/1.1\r\nHost: x\r\nX-A: ',
    'a hundred slow forms':
      'POST /admin/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 9000\r\n\r\nemail=',
  };
  test.each(Object.entries(beginnings))('%s', async (what, beginning) => {
    const { hostname, port } = new URL(shop.address);
    const sockets = await Promise.all(
      Array.from({ length: 100 }, async () => {
        const socket = connect(Number(port), hostname);
        socket.on('error', () => {});
        await once(socket, 'connect');
        socket.write(beginning);
        return socket;
      }),
    );
    const answer = await openBrowser(shop.address).get('/admin/login');
    await expectUnharmed(answer);
    for (const socket of sockets) socket.destroy();
    recordAttack('slow senders', what, answer);
    expect(answer.status).toBe(200);
  });
});

describe('guessing', () => {
  let guessed = 0;
  interface Guess {
    readonly email?: string;
    readonly password?: string;
    /** As the proxy says. */
    readonly from?: string;
    readonly at?: string;
  }
  const guess = async ({
    email = `guess-${++guessed}@shop.example`,
    password = 'wrong',
    from,
    at = behindProxy,
  }: Guess) => {
    const browser = openBrowser(at);
    const { token } = await browser.get('/admin/login');
    const forwarded = from === undefined ? undefined : { 'x-forwarded-for': from };
    return browser.post('/admin/login', { email, password, token }, forwarded);
  };
  /** What has been guessed before: as the shop counts it, without a hash for each. */
  const guessBefore = async (times: number, email: () => string, address: () => string) => {
    for (let i = 0; i < times; i++) await limits.take({ email: email(), address: address() });
  };
  const some = () => `guess-${++guessed}@shop.example`;
  let network = 0;
  const somewhere = () => `203.0.113.${++network}`;

  async function expectLocked(what: string, answer: AdminAnswer) {
    recordAttack('guessing', what, answer);
    await expectUnharmed(answer);
    expect(answer.status).toBe(429);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(60);
  }

  test('one account from one address, five times', async () => {
    const [email, from] = [some(), somewhere()];
    await guessBefore(
      4,
      () => email,
      () => from,
    );
    expect((await guess({ email, from })).status).toBe(401);
    await expectLocked(
      'one account from one address, for the sixth time',
      await guess({ email, from }),
    );
  });

  test('the same, however the account is written', async () => {
    const from = somewhere();
    await guessBefore(
      5,
      () => 'dora@shop.example',
      () => from,
    );
    for (const email of ['DORA@shop.example', ' dora@shop.example ', 'dora@SHOP.EXAMPLE'])
      await expectLocked(
        `the same account as ${JSON.stringify(email)}`,
        await guess({ email, from }),
      );
  });

  test('one account from fifty addresses', async () => {
    const email = some();
    await guessBefore(49, () => email, somewhere);
    expect((await guess({ email, from: somewhere() })).status).toBe(401);
    const answer = await guess({ email, from: somewhere() });
    await expectLocked('one account from its fifty-first address', answer);
  });

  test('one address and thirty accounts', async () => {
    const from = somewhere();
    await guessBefore(29, some, () => from);
    expect((await guess({ from })).status).toBe(401);
    await expectLocked('the thirty-first account from one address', await guess({ from }));
    const { email, password } = ground.logins.staff;
    const right = await guess({ email, password, from });
    await expectLocked('the right password from such an address', right);
    expect((await guess({ email, password, from: somewhere() })).status).toBe(303);
  });

  test('one IPv6 network, and each time another address of it', async () => {
    const email = some();
    let host = 0;
    const from = () => `2001:db8:7:1::${(++host).toString(16)}`;
    await guessBefore(5, () => email, from);
    await expectLocked('another address of one IPv6 network', await guess({ email, from: from() }));
  });

  test('addresses that nobody has, before the one that the proxy saw', async () => {
    const [email, from] = [some(), somewhere()];
    await guessBefore(
      5,
      () => email,
      () => from,
    );
    const answer = await guess({ email, from: `198.51.100.1, 127.0.0.1, ${from}` });
    await expectLocked('a made-up address before that of the proxy', answer);
  });

  test('a made-up address where no proxy is trusted', async () => {
    const email = some();
    await guessBefore(
      5,
      () => email,
      () => '127.0.0.1',
    );
    for (const from of [somewhere(), '::1', 'unknown', '10.0.0.1, 10.0.0.2']) {
      const answer = await guess({ email, from, at: shop.address });
      await expectLocked(`forwarded for ${from}, where no proxy is trusted`, answer);
    }
  });

  test('sixty at once: some wait, the others are told to, and the shop answers', async () => {
    const all = Promise.all(Array.from({ length: 60 }, () => guess({ from: somewhere() })));
    const meanwhile = await openBrowser(behindProxy).get('/admin/login');
    expect(meanwhile.status).toBe(200);
    const statuses = (await all).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([401, 503]));
    recordAttack('guessing', 'sixty logins at once; another page meanwhile', meanwhile);
    await expectUnharmed(meanwhile);
  });
});

test('a live stream does not outlive its session', async () => {
  await pollUntil(() => left.text.includes('event: ended'), { timeoutMs: 120_000 });
  recordAttack('sessions', 'a live stream, after its reader has logged out', {
    status: 200,
    // What came last; it is searched for leaks as every answer is.
    text: left.text.slice(left.text.indexOf('event: ended')),
    location: 'event: ended',
  });
  expect(leakIn(left.text)).toBeUndefined();
  expect(left.text).toContain('"reason":"session"');
});

test('there are enough of them, and no two are called alike', () => {
  const names = Object.values(suites).flatMap((attacks) => attacks.map(({ what }) => what));
  expect(names.length + rawRequests.length).toBeGreaterThanOrEqual(120);
  expect(new Set(names).size).toBe(names.length);
});
