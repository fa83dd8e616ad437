import { Command, Option } from 'commander';
import { type AdminRole, adminRoles } from './admin/users/admin-user.ts';
import { disableAdminLogin, issueAdminLogin } from './admin/users/issue-admin-login.ts';
import { openDatabase } from './database/database.ts';
import { withSecretFiles } from './secret-files.ts';

interface Options {
  readonly role: AdminRole;
  readonly tenant?: string;
  readonly disable?: true;
}

const program = new Command('admin-user')
  .description(
    'Makes a user of the admin area in the database of DATABASE_URL (or of the file in DATABASE_URL_FILE), or gives a known one a new password, and prints it once.',
  )
  .argument('<email>', 'with what the user logs in')
  .addOption(new Option('--role <role>').choices(adminRoles).default('staff'))
  .option('--tenant <id>', 'whose admin or staff the user is; a super admin has none')
  .option('--disable', 'end the sessions of the user and refuse new ones')
  .action(async (email: string, { role, tenant, disable }: Options) => {
    const { DATABASE_URL: databaseUrl } = withSecretFiles(process.env, ['DATABASE_URL']);
    if (databaseUrl === undefined) {
      return program.error('Expected DATABASE_URL to be a PostgreSQL address, got nothing');
    }
    const database = openDatabase(databaseUrl, 1);
    try {
      if (disable) {
        if (!(await disableAdminLogin(database, email))) program.error('Expected a user, got none');
        return;
      }
      const { password } = await issueAdminLogin(database, {
        email,
        role,
        tenant: tenant ?? null,
      });
      console.log(password);
    } finally {
      await database.$disconnect();
    }
  });

try {
  await program.parseAsync();
} catch (error) {
  program.error(error instanceof Error ? error.message : String(error));
}
