import { up } from '../metrics/scrape.ts';
import type { ResolvedSpec } from '../monitoring-spec.ts';
import { maxBy } from '../query/aggregation.ts';
import { select } from '../query/promql.ts';
import type { QueryScope } from '../query/query-scope.ts';
import { ENVIRONMENT, SERVER } from '../query/service-labels.ts';

const NODE_EXPORTER = 'nodes?|.*node.?exporter.*';
/** Jobs that scrape exporters, by what people call them: `node-exporter`, `postgres-exporter`, `redis`. `node-api` is Node.js, and no machine. */
export const NODES = `job=~"${NODE_EXPORTER}"`;
export const POSTGRES = 'job=~".*postgres.*"';
export const MYSQL = 'job=~".*(mysql|mariadb).*"';
export const REDIS_SERVERS = 'job=~".*redis.*"';
/** The pipeline's own servers. */
export const COLLECTORS = 'job=~".*collector.*"';
export const ALERTMANAGERS = 'job=~"alertmanager.*"';
/** All that have no alert of their own for being away. A Prometheus among them is another one than the one that is asked. */
export const OTHER_TARGETS = `job!~"${NODE_EXPORTER}|.*collector.*|alertmanager.*"`;

/** 1 while Prometheus reaches a target of these jobs, 0 while it does not. */
export const targetUp = (jobs: string, scope: QueryScope): string =>
  maxBy(SERVER, select(up, scope, [jobs]));

/**
 * Exporters that Prometheus has not reached even once for five minutes, a restart being shorter, while no service gets an answer from such a
 * server either. Of an exporter with an environment the services of that one are asked, of one without it all.
 */
export function gone(
  exporters: string,
  answers: (by: readonly string[]) => string,
  { time }: Pick<ResolvedSpec, 'time'>,
): string {
  const away = (environment: string) =>
    `${maxBy(SERVER, `max_over_time(${up.name}{${exporters},${ENVIRONMENT}${environment}}[${time('5m')}])`)} == 0`;
  return [
    `(${away('!=""')} unless on (${ENVIRONMENT}) ${answers([ENVIRONMENT])} > 0)`,
    `(${away('=""')} unless on () ${answers([])} > 0)`,
  ].join(' or ');
}
