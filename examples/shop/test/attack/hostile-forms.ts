import { gzipSync } from 'node:zlib';
import type { AdminAnswer } from '../admin-browser.ts';
import { type Attack, visitor } from './attack.ts';

/** The form with these fields beside its token, as a page of ours sends it. */
const fields = (
  what: string,
  given: (token: string) => string | Buffer,
  headers: Record<string, string> = {},
): Attack => ({
  what,
  send: async (ground) => {
    const { browser, token } = await visitor(ground);
    return browser.ask('/admin/login', {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        origin: ground.origin,
        ...headers,
      },
      body: given(token),
    });
  },
  holds: ({ status, text, headers: answered }: AdminAnswer) =>
    status >= 400 &&
    status < 500 &&
    !/<script|<img/.test(text) &&
    !`${answered['set-cookie']}`.includes('shop-admin='),
});

const typed = (what: string, email: string, password = 'wrong'): Attack =>
  fields(what, (token) => new URLSearchParams({ email, password, token }).toString());

/** Forms that are too large, not forms, or typed by somebody who means harm. */
export const hostileForms: readonly Attack[] = [
  fields('a form of 10 MB', () => `email=${'x'.repeat(10_000_000)}`),
  fields('a form of 10 kB and one byte', () => `email=${'x'.repeat(10_240 - 5)}`),
  fields('a thousand fields', (token) => `token=${token}${'&a=1'.repeat(1_000)}`),
  fields('10 MB in 10 kB', () => gzipSync(`email=${'x'.repeat(10_000_000)}`), {
    'content-encoding': 'gzip',
  }),
  fields('a compression that is none', () => 'email=a', { 'content-encoding': 'evil' }),
  fields('an alphabet that is none', () => 'email=a', {
    'content-type': 'application/x-www-form-urlencoded; charset=utf-7',
  }),
  fields('a form of nothing', () => ''),
  fields('percent signs and nothing else', () => '%%%%=%%%'),
  fields('two e-mail addresses', (token) => `email=a&email=b&password=x&token=${token}`),
  fields('a list for a password', (token) => `email=a&password[]=x&token=${token}`),
  fields(
    'a prototype',
    (token) => `__proto__[role]=super-admin&constructor[x]=1&email=a&token=${token}`,
  ),
  fields('a role beside the password', (token) =>
    new URLSearchParams({
      email: 'a@b.example',
      password: 'x',
      token,
      role: 'super-admin',
      tenant: 'globex',
    }).toString(),
  ),
  fields('a token of 5 kB', () => `email=a&password=b&token=${'A'.repeat(5_000)}`),
  typed('NUL in the e-mail address', 'a\0@b.example'),
  typed('NUL in the password', 'a@b.example', 'a\0b'),
  typed('SQL for an e-mail address', `' OR 1=1 --`),
  typed('a pattern for an e-mail address', '%@shop.example'),
  typed('script for an e-mail address', `"><script>alert(1)</script><img src=x onerror=alert(1)>`),
  typed('a header in an e-mail address', 'a@b.example\r\nSet-Cookie: shop-admin=planted'),
  typed('an e-mail address that turns around', '\u202eelpmaxe.pohs@repus'),
  typed('an e-mail address that is half a letter', '\ud800@shop.example'),
  typed('a password of 200 letters of four bytes', 'a@b.example', '\u{1f600}'.repeat(100)),
];
