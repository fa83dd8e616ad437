import { httpReady } from '../http-ready.ts';
import type { Service } from '../service.ts';

/** What rules and dashboards ask for, and what an operator asks next; the rest is series that nobody reads. */
const COLLECTORS = [
  ...['cpu', 'diskstats', 'filefd', 'filesystem', 'loadavg', 'meminfo', 'netdev', 'netstat'],
  ...['pressure', 'sockstat', 'stat', 'time', 'timex', 'uname', 'vmstat'],
];

/** The default without `overlay`, which is the root of a development container. */
const FILESYSTEMS_EXCLUDED =
  '^(autofs|binfmt_misc|bpf|cgroup2?|configfs|debugfs|devpts|devtmpfs|fusectl|hugetlbfs|iso9660|mqueue|nsfs|proc|procfs|pstore|' +
  'rpc_pipefs|securityfs|selinuxfs|squashfs|erofs|sysfs|tracefs)$';

export const nodeExporter: Service = {
  name: 'node-exporter',
  needs: [],
  program: 'node_exporter',
  command: (run) => ({
    file: run.program,
    args: [
      `--web.listen-address=127.0.0.1:${run.port('nodeExporter')}`,
      '--web.disable-exporter-metrics',
      '--collector.disable-defaults',
      ...COLLECTORS.map((name) => `--collector.${name}`),
      `--collector.filesystem.fs-types-exclude=${FILESYSTEMS_EXCLUDED}`,
      '--log.format=json',
    ],
  }),
  ready: (run) => httpReady(`http://127.0.0.1:${run.port('nodeExporter')}/`),
};
