import { join } from 'node:path';
import { mountSmallDisk } from './small-disk.mjs';

/**
 * What goes wrong in a drill, and the paging alerts that must be told of it. `start` brings the fault about and `mend` ends it. `needs` is what
 * of the drill must be there for it.
 * @type {readonly { fault: string, alerts: readonly string[], needs?: string, start: Function, mend: Function }[]}
 */
export const faults = [
  {
    fault: 'half of all requests fail',
    alerts: ['ServiceErrorRatioHigh', 'ErrorBudgetBurningFast'],
    start: ({ setFaults }) => setFaults({ errorRatio: 0.5 }),
    mend: ({ setFaults }) => setFaults({}),
  },
  {
    fault: 'PostgreSQL takes 3 s for each transaction',
    alerts: ['ServiceLatencyHigh'],
    start: ({ setFaults }) => setFaults({ slowDatabaseSeconds: 3 }),
    mend: ({ setFaults }) => setFaults({}),
  },
  {
    fault: 'every payment is declined',
    alerts: ['PaymentsFailing'],
    start: ({ setFaults }) => setFaults({ declinedPaymentsRatio: 1 }),
    mend: ({ setFaults }) => setFaults({}),
  },
  {
    fault: 'no visitor comes',
    alerts: ['TrafficGone'],
    start: ({ traffic }) => traffic.pause(),
    mend: ({ traffic }) => traffic.resume(),
  },
  {
    fault: 'every replica of the shop is stopped',
    alerts: ['ServiceSilent'],
    start: ({ pipeline }) => pipeline.stopShops(),
    mend: async ({ pipeline, traffic }) => {
      await pipeline.startShops();
      traffic.resume();
    },
  },
  service('PostgreSQL is stopped', 'postgres', ['PostgresDown']),
  {
    fault: 'MariaDB is stopped',
    alerts: ['MysqlDown'],
    needs: 'mariadb',
    start: ({ mariadb }) => mariadb.stop(),
    mend: ({ mariadb }) => mariadb.start(),
  },
  service('Redis is killed', 'redis', ['RedisDown'], 'SIGKILL'),
  service('node_exporter is killed', 'node-exporter', ['NodeDown'], 'SIGKILL'),
  service('the Collector is killed', 'collector', ['CollectorDown'], 'SIGKILL'),
  {
    fault: 'the Collector can not reach Prometheus',
    alerts: ['CollectorNotDelivering', 'CollectorQueueFull'],
    start: ({ gate }) => gate.shut(),
    mend: ({ gate }) => gate.open(),
  },
  {
    fault: 'a disk is full',
    alerts: ['DiskFull'],
    start: (drill) => {
      drill.disk = mountSmallDisk(join(drill.folder, 'disk'));
      drill.disk.fill();
    },
    mend: (drill) => drill.disk.unmount(),
  },
  service('Prometheus is stopped', 'prometheus', ['HeartbeatMissing']),
];

function service(fault, name, alerts, signal) {
  return {
    fault,
    alerts,
    start: ({ pipeline }) => pipeline.stack.stopService(name, signal),
    mend: ({ pipeline }) => pipeline.stack.startService(name),
  };
}
