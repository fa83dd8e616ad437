import { createHash } from 'node:crypto';
import { type Attack, type Ground, nobody, sessionOf, visitor } from './attack.ts';

/** Asks for the area with these cookies and no others. */
const cookie = (
  what: string,
  value: string | ((ground: Ground) => string | Promise<string>),
): Attack => ({
  what,
  send: async (ground) =>
    nobody(ground).get('/admin', {
      cookie: typeof value === 'string' ? value : await value(ground),
    }),
});

const real = ({ browsers }: Ground) => sessionOf(browsers.staff);
const digest = (secret: string) => createHash('sha256').update(secret).digest();
const noneToken = [{ alg: 'none' }, { role: 'super-admin' }]
  .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
  .join('.');

/** Cookies that nobody was given, and real ones in another place. */
export const forgedCookies: readonly Attack[] = [
  cookie('a session of the right shape', `shop-admin=${'A'.repeat(43)}`),
  cookie('a role for a session', 'shop-admin=super-admin; role=super-admin'),
  cookie('a token without a signature', `shop-admin=${noneToken}.`),
  cookie('JSON for a session', `shop-admin=${encodeURIComponent('{"role":"super-admin"}')}`),
  cookie('a pattern of Redis', 'shop-admin=*'),
  cookie('a key of Redis', 'shop-admin=shop:admin-session:*'),
  cookie('a command of Redis', 'shop-admin=%0d%0aKEYS%20*%0d%0a'),
  cookie(
    'the digest that Redis has',
    (ground) => `shop-admin=${digest(real(ground)).toString('hex')}`,
  ),
  cookie(
    'that digest in the shape of a secret',
    (ground) => `shop-admin=${digest(real(ground)).toString('base64url')}`,
  ),
  cookie('a secret with another last letter', (ground) => {
    const secret = real(ground);
    return `shop-admin=${secret.slice(0, -1)}${secret.endsWith('A') ? 'Q' : 'A'}`;
  }),
  cookie('a secret with a letter too much', (ground) => `shop-admin=${real(ground)}A`),
  cookie('a secret in small letters', (ground) => `shop-admin=${real(ground).toLowerCase()}!`),
  cookie('a secret in quotes', (ground) => `shop-admin="${real(ground)}"`),
  cookie(
    'a planted session before the real one',
    (ground) => `shop-admin=${'A'.repeat(43)}; shop-admin=${real(ground)}`,
  ),
  cookie(
    'a planted session behind the real one',
    (ground) => `shop-admin=${real(ground)}; shop-admin=${'A'.repeat(43)}`,
  ),
  cookie('a session under the name for https', (ground) => `__Host-shop-admin=${real(ground)}`),
  cookie('a session in capitals', (ground) => `SHOP-ADMIN=${real(ground)}`),
  cookie('the cookie of the form for a session', async (ground) => {
    const { browser } = await visitor(ground);
    return `shop-admin=${browser.cookies.get('shop-admin-login')}`;
  }),
  cookie('names of the prototype', '__proto__=x; constructor=x; shop-admin=__proto__'),
  cookie('a thousand cookies', Array.from({ length: 1_000 }, (_, i) => `a${i}=1`).join('; ')),
  cookie('20 kB of cookie', `shop-admin=${'A'.repeat(20_000)}`),
  {
    what: 'a session in the address',
    send: (ground) => nobody(ground).get(`/admin?shop-admin=${real(ground)}`),
  },
  {
    what: 'a session as a bearer token',
    send: (ground) => nobody(ground).get('/admin', { authorization: `Bearer ${real(ground)}` }),
  },
];
