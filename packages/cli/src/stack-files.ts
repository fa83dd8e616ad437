import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CliError } from './cli-error.ts';

/** The files that the stack is made of: Go modules and configuration. */
export interface StackFiles {
  /** Folder with one Go module per server. */
  readonly tools: string;
  readonly collectorConfig: string;
  readonly prometheusConfig: string;
  /** The scrape job of a MySQL's exporter, for a stack that has one. */
  readonly mysqlScrape: string;
  /** Folder of recording and alerting rules. */
  readonly prometheusRules: string;
  readonly alertmanagerConfig: string;
}

/** Takes them from the repository around this file, else from the installed package (`dist/stack`). */
export function stackFiles(): StackFiles {
  const here = dirname(fileURLToPath(import.meta.url));
  const candidates = [join(here, '../../..'), join(here, 'stack')];
  const root = candidates.find((folder) => existsSync(join(folder, 'tools/prometheus/go.mod')));
  if (root === undefined) {
    throw new CliError(
      'ERR_STACK_FILES',
      `Expected the stack's files in one of ${candidates.join(', ')}, got none; install @bellwether/cli again.`,
    );
  }
  return {
    tools: join(root, 'tools'),
    collectorConfig: join(root, 'collector/config.yaml'),
    prometheusConfig: join(root, 'prometheus/prometheus.yaml'),
    mysqlScrape: join(root, 'prometheus/scrape-mysql.yaml'),
    prometheusRules: join(root, 'prometheus/rules'),
    alertmanagerConfig: join(root, 'alertmanager/alertmanager.yaml'),
  };
}
