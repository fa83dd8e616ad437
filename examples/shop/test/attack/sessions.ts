import { type Attack, isTheForm, nobody, sessionOf, visitor } from './attack.ts';

const planted = 'A'.repeat(43);

/** Sessions that were planted, kept or taken along. */
export const sessionAttacks: readonly Attack[] = [
  {
    what: 'a planted session, after its victim has logged in',
    send: async (ground) => {
      const victim = nobody(ground);
      victim.cookies.set('shop-admin', planted);
      await victim.logIn(ground.logins.staff);
      if (sessionOf(victim) === planted) throw new Error('The planted session was taken over');
      return nobody(ground).get('/admin', { cookie: `shop-admin=${planted}` });
    },
  },
  {
    what: "the thief's own session, after its victim has logged in with it",
    send: async (ground) => {
      const thief = nobody(ground);
      await thief.logIn(ground.logins.staff);
      const given = sessionOf(thief);
      const victim = nobody(ground);
      victim.cookies.set('shop-admin', given);
      // Who has a session is led past the form; the form of another tab is still there.
      const { browser, token } = await visitor(ground);
      victim.cookies.set('shop-admin-login', browser.cookies.get('shop-admin-login') ?? '');
      const { email, password } = ground.logins['super-admin'];
      await victim.post('/admin/login', { email, password, token });
      if (sessionOf(victim) === given) throw new Error('The session is the same as before');
      return thief.get('/admin');
    },
  },
  {
    what: 'a session, after its owner has logged out',
    send: async (ground) => {
      const owner = nobody(ground);
      await owner.logIn(ground.logins.staff);
      const kept = sessionOf(owner);
      const { token } = await owner.get('/admin');
      await owner.post('/admin/logout', { token });
      return nobody(ground).get('/admin', { cookie: `shop-admin=${kept}` });
    },
  },
  {
    what: 'the form of a login, sent once more',
    send: async (ground) => {
      const { browser, token } = await visitor(ground);
      const { email, password } = ground.logins.staff;
      await browser.post('/admin/login', { email, password, token });
      return browser.post('/admin/login', { email, password, token });
    },
  },
  {
    what: 'the form of a logout, sent once more',
    send: async (ground) => {
      const owner = nobody(ground);
      await owner.logIn(ground.logins.staff);
      const { token } = await owner.get('/admin');
      const cookie = `shop-admin=${sessionOf(owner)}`;
      await owner.post('/admin/logout', { token });
      return nobody(ground).post('/admin/logout', { token }, { cookie });
    },
    holds: ({ status, location }) => status === 303 && isTheForm(location),
  },
  {
    what: 'the page from before, asked for again after the logout',
    send: async (ground) => {
      const owner = nobody(ground);
      await owner.logIn(ground.logins.staff);
      const { token, headers } = await owner.get('/admin');
      if (headers['cache-control'] !== 'no-store') throw new Error('A page could be kept');
      await owner.post('/admin/logout', { token });
      return owner.get('/admin');
    },
  },
];
