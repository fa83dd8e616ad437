import type { AdminAnswer } from '../admin-browser.ts';
import { type Attack, visitor } from './attack.ts';

/** Addresses that would like to be where a login leads. */
const elsewhere = [
  'https://evil.example/',
  '//evil.example/admin',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '\u0000//evil.example',
  ' https://evil.example',
  'http:evil.example',
  'https:///evil.example/admin',
  'https://shop.example@evil.example/admin',
  '/admin@evil.example',
  '/admin.evil.example',
  '/admin/..//evil.example',
  '/admin/%2e%2e//evil.example',
  '/admin/../../..//evil.example/admin',
  'javascript:alert(document.domain)//admin',
  'data:text/html,<script>alert(1)</script>',
  '/admin\r\nSet-Cookie: shop-admin=planted',
  '/admin%0d%0aLocation:%20https://evil.example',
  '/admin/login?next=//evil.example',
  '/administrator',
];

/** Into the area or Grafana of this site, and to nobody else. */
function staysHere({ status, location = '', headers }: AdminAnswer): boolean {
  const url = new URL(location, 'http://here.invalid');
  return (
    status === 303 &&
    url.origin === 'http://here.invalid' &&
    /^\/(admin|grafana)(\/|$)/.test(url.pathname) &&
    !/^[/\\]{2}/.test(location) &&
    !`${headers['set-cookie']}`.includes('planted')
  );
}

/** Who is logged in already is led on at once: the same address, without a password. */
export const redirects: readonly Attack[] = [
  ...elsewhere.map(
    (next): Attack => ({
      what: `led on to ${next}`,
      send: ({ browsers }) => browsers.staff.get(`/admin/login?${new URLSearchParams({ next })}`),
      holds: staysHere,
    }),
  ),
  {
    what: 'led on to two addresses',
    send: ({ browsers }) =>
      browsers.staff.get('/admin/login?next=/admin&next=https://evil.example'),
    holds: staysHere,
  },
  {
    what: 'led on to a list',
    send: ({ browsers }) => browsers.staff.get('/admin/login?next[]=https://evil.example'),
    holds: staysHere,
  },
  {
    what: 'led on to elsewhere by a changed form',
    send: async (ground) => {
      const { browser, token } = await visitor(ground);
      const { email, password } = ground.logins.staff;
      return browser.post('/admin/login', { email, password, token, next: '//evil.example' });
    },
    holds: staysHere,
  },
  {
    what: 'a page of the area, asked for at another host',
    send: (ground) =>
      visitor(ground).then(({ browser }) => browser.get('/admin', { host: 'evil.example' })),
    holds: ({ location }) => location === '/admin/login?next=%2Fadmin',
  },
  {
    what: 'a page of the area, said to be forwarded for another host',
    send: (ground) =>
      visitor(ground).then(({ browser }) =>
        browser.get('/admin', {
          'x-forwarded-host': 'evil.example',
          'x-forwarded-proto': 'https',
          forwarded: 'host=evil.example;proto=https',
        }),
      ),
    holds: ({ location }) => location === '/admin/login?next=%2Fadmin',
  },
];
