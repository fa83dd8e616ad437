// Profiles of customers, in MariaDB.
import { createService, readSettings, startService } from '@bellwether/example-service';
import { z } from 'zod';
import { openDatabase } from './database.ts';
import { profileRoutes } from './profile-routes.ts';

const settings = readSettings(
  'the users service',
  {
    DATABASE_URL: z.url({ protocol: /^(mysql|mariadb|postgres(ql)?)$/ }),
    SERVICE_TOKEN: z.string().min(16),
  },
  process.env,
);
const database = await openDatabase(settings.DATABASE_URL);
const service = createService(settings, { database: () => database.$queryRaw`SELECT 1` });
service.register(profileRoutes(database, settings.SERVICE_TOKEN));

await startService(service, {
  name: 'users service',
  settings,
  release: () => database.$disconnect(),
});
