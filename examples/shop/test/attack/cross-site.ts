import { type Attack, type Ground, visitor } from './attack.ts';

type Headers = Record<string, string>;
const evil = 'https://evil.example';

/** A browser that is logged in is made to log out, with the token that a page of ours has. */
const logout = (
  what: string,
  headers: Headers | ((ground: Ground) => Headers),
  path = '/admin/logout',
): Attack => ({
  what: `logout ${what}`,
  send: async (ground) => {
    const { browsers } = ground;
    const { token } = await browsers.staff.get('/admin');
    const given = typeof headers === 'function' ? headers(ground) : headers;
    return browsers.staff.ask(path, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...given },
      body: new URLSearchParams({ token }).toString(),
    });
  },
});

/** Somebody is made to log in as somebody else. */
const login = (what: string, headers: Headers, change: Record<string, string> = {}): Attack => ({
  what: `login ${what}`,
  send: async (ground) => {
    const { browser, token } = await visitor(ground);
    const { email, password } = ground.logins.staff;
    return browser.post('/admin/login', { email, password, token, ...change }, headers);
  },
});

const body = (what: string, type: string, text: (token: string) => string): Attack => ({
  what: `logout as ${what}`,
  send: async ({ browsers, origin }) => {
    const { token } = await browsers.staff.get('/admin');
    return browsers.staff.ask('/admin/logout', {
      method: 'POST',
      headers: { origin, ...(type !== '' && { 'content-type': type }) },
      body: text(token),
    });
  },
});

/** What a page of somebody else can make a browser do, and what it would like to. */
export const crossSite: readonly Attack[] = [
  logout('from another site', { origin: evil, 'sec-fetch-site': 'cross-site' }),
  logout('from a neighbour', ({ origin }) => ({ origin, 'sec-fetch-site': 'same-site' })),
  logout('from an address that was typed', ({ origin }) => ({ origin, 'sec-fetch-site': 'none' })),
  logout('from an origin of null', { origin: 'null' }),
  logout('from another port', { origin: 'http://127.0.0.1:1' }),
  logout('from our origin as the beginning of another', ({ origin }) => ({
    origin: `${origin}.evil.example`,
  })),
  logout('from our origin as a user of another', ({ origin }) => ({
    origin: `${origin}@evil.example`,
  })),
  logout('from our origin by https', ({ origin }) => ({
    origin: origin.replace('http:', 'https:'),
  })),
  logout('with our origin in Referer alone', ({ origin }) => ({ referer: `${origin}/admin` })),
  logout('with no word from where', {}),
  logout('from another site, which says so twice', {
    origin: evil,
    'sec-fetch-site': 'same-origin',
  }),
  logout('from another site, named as the forwarded host', {
    origin: evil,
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'https',
  }),
  {
    what: 'logout by a picture',
    send: ({ browsers }) => browsers.staff.get('/admin/logout'),
  },
  {
    what: 'logout by a method in a header',
    send: ({ browsers }) =>
      browsers.staff.get('/admin/logout', { 'x-http-method-override': 'POST' }),
  },
  {
    what: 'logout by a method in the address',
    send: ({ browsers }) => browsers.staff.get('/admin/logout?_method=POST'),
  },
  body('JSON', 'application/json', (token) => JSON.stringify({ token })),
  body('plain text', 'text/plain', (token) => `token=${token}`),
  body('parts', 'multipart/form-data; boundary=x', (token) =>
    ['--x', 'Content-Disposition: form-data; name="token"', '', token, '--x--', ''].join('\r\n'),
  ),
  body('something without a type', '', (token) => `token=${token}`),
  {
    what: 'logout with the token of another session',
    send: async ({ browsers, origin }) => {
      const { token } = await browsers['tenant-admin'].get('/admin');
      return browsers.staff.post('/admin/logout', { token }, { origin });
    },
  },
  login('from another site', { origin: evil, 'sec-fetch-site': 'cross-site' }),
  {
    what: 'login with no word from where',
    send: async (ground) => {
      const { browser, token } = await visitor(ground);
      const { email, password } = ground.logins.staff;
      return browser.ask('/admin/login', {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ email, password, token }).toString(),
      });
    },
  },
  login('without a token', {}, { token: '' }),
  login('with a token that was made up', {}, { token: 'A'.repeat(43) }),
  {
    what: 'login with the form of another browser',
    send: async (ground) => {
      const [thief, victim] = [await visitor(ground), await visitor(ground)];
      const { email, password } = ground.logins.staff;
      return victim.browser.post('/admin/login', { email, password, token: thief.token });
    },
  },
  {
    what: 'a silence from another site',
    send: ({ browsers }) =>
      browsers['super-admin'].ask('/admin/monitoring/api/silences', {
        method: 'POST',
        headers: { origin: evil, 'content-type': 'application/json', 'x-bellwether-admin': '1' },
        body: '{"matchers":[{"name":"a","value":"b"}],"minutes":5,"comment":"x"}',
      }),
  },
  {
    what: 'a change in Grafana from another site',
    send: ({ browsers }) =>
      browsers['super-admin'].ask('/grafana/api/x', {
        method: 'POST',
        headers: { origin: evil, 'content-type': 'application/json' },
        body: '{}',
      }),
  },
];
