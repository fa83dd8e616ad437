import { type AdminLogin, issueAdminLogin } from '../admin/users/issue-admin-login.ts';
import { openDatabase } from './database.ts';

const users = [
  { email: 'super@shop.example', role: 'super-admin', tenant: null },
  { email: 'admin@acme.example', role: 'tenant-admin', tenant: 'acme' },
  { email: 'admin@globex.example', role: 'tenant-admin', tenant: 'globex' },
  { email: 'staff@acme.example', role: 'staff', tenant: 'acme' },
] as const;

/**
 * One user of each role of the admin area, for a demonstration. Their passwords are random, unless `known` has them from an
 * earlier time.
 */
export async function issueDemoLogins(
  databaseUrl: string,
  known: Readonly<Record<string, string>> = {},
): Promise<AdminLogin[]> {
  const database = openDatabase(databaseUrl, 1);
  try {
    const logins: AdminLogin[] = [];
    for (const user of users) {
      logins.push(await issueAdminLogin(database, { ...user, password: known[user.email] }));
    }
    return logins;
  } finally {
    await database.$disconnect();
  }
}
