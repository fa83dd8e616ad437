import { countProfiles } from './count-profiles.mjs';
import { findMariadb, startMariadb } from './mariadb.mjs';

/**
 * Where the users service keeps profiles: a MariaDB of its own where there is one or Debian's package can be had, else the PostgreSQL that
 * runs, which is said.
 */
export async function startUsersDatabase({ dataDir, postgres, say }) {
  const programs = findMariadb(say);
  if (programs === undefined) {
    say('  no MariaDB here (BELLWETHER_MARIADB names one): the users service is on PostgreSQL');
    return {
      ...{ kind: 'PostgreSQL', url: postgres },
      count: (since) => countProfiles(postgres, since),
      stop: async () => {},
    };
  }
  const { url, stop } = await startMariadb(programs, { dataDir });
  say('  start mariadb: done');
  return { kind: 'MariaDB', url, count: (since) => countProfiles(url, since), stop };
}
