import { postgres } from '../../metrics/postgres-exporter.ts';
import { db } from '../../metrics/sdk-metrics.ts';
import type { DashboardSource } from '../dashboard-source.ts';
import { folders } from '../folders.ts';
import { dashboard } from '../frame/dashboard.ts';
import { dashboardLink } from '../frame/links.ts';
import { uids } from '../uids.ts';
import { clientRow } from './database/client-row.ts';
import { poolRow } from './database/pool-row.ts';
import { postgresRow } from './database/postgres-row.ts';
import { postgresTablesRow } from './database/postgres-tables-row.ts';
import { prismaRow } from './database/prisma-row.ts';

/** Databases as services see them, as Prisma asks them, and as PostgreSQL sees itself. */
export const databaseDashboard: DashboardSource = {
  uid: uids.database,
  folder: folders.infrastructure,
  build: (spec) =>
    dashboard(spec, {
      uid: uids.database,
      title: 'Database',
      description:
        'Is the database the reason, and which model, statement or tenant makes it slow? From the driver to the server.',
      tags: ['database', 'postgresql', 'prisma'],
      about: [db.operationDuration, postgres.up],
      links: [
        dashboardLink('Application overview', uids.application),
        dashboardLink('MySQL and MariaDB', uids.mysql),
        dashboardLink('Cache and Redis', uids.cache),
        dashboardLink('System and infrastructure', uids.system),
      ],
      rows: [
        clientRow(spec),
        poolRow(spec),
        prismaRow(spec),
        postgresRow(spec),
        postgresTablesRow(spec),
      ],
    }),
};
