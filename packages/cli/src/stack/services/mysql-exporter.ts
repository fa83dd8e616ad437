import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CliError } from '../../cli-error.ts';
import { type DebianProgram, ensureDebianProgram } from '../../servers/ensure-debian-program.ts';
import { httpReady } from '../http-ready.ts';
import type { Service, ServiceRun } from '../service.ts';
import type { MysqlTarget } from '../stack-settings.ts';

export const MYSQL_EXPORTER: DebianProgram = {
  name: 'mysqld_exporter',
  variable: 'BELLWETHER_MYSQL_EXPORTER',
  onPath: ['mysqld_exporter', 'prometheus-mysqld-exporter'],
  package: 'prometheus-mysqld-exporter',
  file: 'usr/bin/prometheus-mysqld-exporter',
};

/** Part of a stack whose settings name a server: it runs elsewhere. */
export const mysqlExporter: Service = {
  name: 'mysql-exporter',
  needs: [],
  optional: true,
  program: async (context, say) =>
    (await ensureDebianProgram(MYSQL_EXPORTER, { context, say })).file,
  async prepare(run) {
    writeFileSync(optionsFile(run), optionsOf(run.settings.mysql), { mode: 0o600 });
  },
  command: (run) => ({
    file: run.program,
    args: [
      `--config.my-cnf=${optionsFile(run)}`,
      `--web.listen-address=127.0.0.1:${run.port('mysqlExporter')}`,
      '--collect.info_schema.tables',
      '--log.format=json',
    ],
  }),
  ready: (run) => httpReady(`http://127.0.0.1:${run.port('mysqlExporter')}/`),
};

const optionsFile = (run: ServiceRun) => join(run.folder, 'client.cnf');

/** An option file of MySQL's own kind, which keeps the password off command line and environment. */
function optionsOf(mysql: MysqlTarget | undefined): string {
  if (mysql === undefined) {
    throw new CliError(
      'ERR_OPTION',
      'Expected settings with a MySQL server for its exporter, got none; name it by `mysql`.',
    );
  }
  const { host, port, user, passwordFile } = mysql;
  const password = readFileSync(passwordFile, 'utf8').trim();
  return `[client]\nhost=${host}\nport=${port}\nuser=${user}\npassword=${password}\n`;
}
