import { mysql } from '../../metrics/mysql-exporter.ts';
import type { DashboardSource } from '../dashboard-source.ts';
import { folders } from '../folders.ts';
import { dashboard } from '../frame/dashboard.ts';
import { dashboardLink } from '../frame/links.ts';
import { uids } from '../uids.ts';
import { mysqlConnectionsRow } from './mysql/mysql-connections-row.ts';
import { mysqlInnodbRow } from './mysql/mysql-innodb-row.ts';
import { mysqlReplicationRow } from './mysql/mysql-replication-row.ts';
import { mysqlStatementsRow } from './mysql/mysql-statements-row.ts';

/** MySQL and MariaDB as they see themselves; what services ask of them is on the board of databases. */
export const mysqlDashboard: DashboardSource = {
  uid: uids.mysql,
  folder: folders.infrastructure,
  build: (spec) =>
    dashboard(spec, {
      uid: uids.mysql,
      title: 'MySQL and MariaDB',
      description:
        'Is the server up, is it full, what does it spend its time with, and do its replicas keep up?',
      tags: ['database', 'mysql', 'mariadb'],
      about: [mysql.up],
      links: [
        dashboardLink('Database', uids.database),
        dashboardLink('System and infrastructure', uids.system),
      ],
      rows: [
        mysqlConnectionsRow(spec),
        mysqlStatementsRow(spec),
        mysqlInnodbRow(spec),
        mysqlReplicationRow(spec),
      ],
    }),
};
