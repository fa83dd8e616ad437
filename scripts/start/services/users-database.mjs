import { countProfiles } from './count-profiles.mjs';
import { findMariadb, planMariadb, startMariadb } from './mariadb.mjs';

/**
 * Where the users service will keep profiles: a MariaDB of its own where there is one or Debian's package can be had, which has a `plan` for its
 * exporter; else the PostgreSQL that runs, which is said.
 */
export async function planUsersDatabase({ folder, say }) {
  const programs = findMariadb(say);
  if (programs !== undefined) return { programs, plan: await planMariadb(folder) };
  say('  no MariaDB here (BELLWETHER_MARIADB names one): the users service is on PostgreSQL');
  return {};
}

export async function startUsersDatabase({ programs, plan }, { dataDir, postgres, say }) {
  if (programs === undefined) {
    return {
      ...{ kind: 'PostgreSQL', url: postgres },
      count: (since) => countProfiles(postgres, since),
      stop: async () => {},
    };
  }
  const { url, stop } = await startMariadb(programs, { dataDir, plan });
  say('  start mariadb: done');
  return { kind: 'MariaDB', url, count: (since) => countProfiles(url, since), stop };
}
