import { uids } from '../../dashboards/uids.ts';
import { redis } from '../../metrics/redis-exporter.ts';
import { up } from '../../metrics/scrape.ts';
import { db } from '../../metrics/sdk-metrics.ts';
import { dbAnswers } from '../../queries/database-queries.ts';
import { redisUp } from '../../queries/redis-queries.ts';
import { gone, REDIS_SERVERS } from '../../queries/target-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import type { AlertSource } from '../alert.ts';
import { blocks, promql, shell, steps } from '../prose.ts';
import { replica, series } from '../test-series.ts';
import { serverGoneTests } from '../test-server-gone.ts';
import { redisSeries, redisServer } from './test-redis.ts';

const serverUp = redisSeries(redis.up);
const target = series(up, redisServer);
const answers = series(
  db.operationDuration,
  { ...replica('shop-1'), db_system_name: 'redis', db_operation_name: 'GET', tenant_id: 'acme' },
  '_count',
);

/**
 * An exporter that is gone says nothing about the server, so the answers that services get from it decide. Where nobody asks,
 * its absence has to do, but not that of a restart.
 */
export const redisDown: AlertSource = (spec) => {
  const scope = ruleScope(spec.time('2m'), spec.histograms);
  const look = ruleScope('5m', spec.histograms);
  return {
    name: 'RedisDown',
    severity: 'critical',
    team: 'platform',
    expr: `${redisUp(scope)} == 0 or ${gone(REDIS_SERVERS, (by) => dbAnswers('redis', scope, by), spec)}`,
    for: spec.time('1m'),
    summary: 'Redis behind {{ $labels.instance }} does not answer',
    description:
      'Redis refuses connections, or it and its exporter are gone and no service gets an answer from it. Caches are empty, so that the database takes all reads; sessions, locks and queues in it are out of reach.',
    dashboard: { uid: uids.cache },
    runbook: {
      symptom:
        'For a minute, the exporter could not ask Redis; or the exporter itself is gone for five minutes, and no service got an answer from Redis.',
      meaning:
        'Where it is only a cache, pages are slower and the database works much harder. Where it keeps sessions or a queue, people are signed out and work stops.',
      look: blocks(
        'What does the server say?',
        shell(
          'redis-cli -h <host> ping',
          "journalctl -u redis-server --since '-15 min' | tail -50",
          "dmesg --ctime | grep -i 'killed process'",
        ),
        promql(redisUp(look), dbAnswers('redis', look), dbAnswers('postgresql', look)),
        '- `LOADING`: it reads its file after a restart. Wait.\n- `NOAUTH`, `WRONGPASS`: the password of the exporter changed, the server is fine.\n- `MISCONF ... unable to persist on disk`: the disk is full, writes are refused.\n- No answer, but the process is there: a slow command holds it, such as `KEYS *` or a Lua script.',
      ),
      mend: steps(
        'The process is gone: `systemctl start redis-server`. If memory was the reason, set `maxmemory` below what the machine has.',
        'The disk is full: follow [DiskFull](DiskFull.md).',
        'It hangs: `redis-cli client list` and `script kill`, otherwise restart it.',
        'The database suffers from the reads: watch `DatabaseSlow`, and bring Redis back before traffic rises. An empty cache fills up by itself.',
      ),
    },
    tests: [
      ...serverGoneTests({ server: redisServer, serverUp, answers }),
      {
        name: 'the exporter restarts at night, while nobody asks',
        series: { [target]: '1x5 0x3 1x10', [serverUp]: '1x5 stale _x3 1x10' },
        at: '9m',
        fires: [],
      },
    ],
  };
};
