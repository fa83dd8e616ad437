import { chmodSync, chownSync, cpSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { imageTree, librariesOf, program, put } from './image-tree.mjs';

const standIn = (name) => fileURLToPath(new URL(`stand-ins/${name}`, import.meta.url));

/**
 * What stands in for the official images where no registry can be reached: servers built from the same versions' sources or taken from
 * Debian's packages, with the users, folders and entry points of the official image. `servers` names the programs. Each has `image` (a pattern of the
 * name in compose.yaml), `from` (for people), `fill(folder)`, and `changes`, instructions of a Dockerfile.
 */
export const standIns = (servers) => [
  {
    image: /^prom\/prometheus:/,
    from: 'built from its Go module',
    fill: (folder) => {
      program(folder, servers.prometheus, '/bin/prometheus');
      owned(folder, '/prometheus', 65534);
    },
    changes: ['USER nobody', 'VOLUME /prometheus', 'ENTRYPOINT ["/bin/prometheus"]'],
  },
  {
    image: /^prom\/alertmanager:/,
    from: 'built from its Go module',
    fill: (folder) => {
      program(folder, servers.alertmanager, '/bin/alertmanager');
      owned(folder, '/alertmanager', 65534);
    },
    changes: ['USER nobody', 'VOLUME /alertmanager', 'ENTRYPOINT ["/bin/alertmanager"]'],
  },
  {
    image: /prom-label-proxy:/,
    from: 'built from its Go module',
    fill: (folder) => program(folder, servers['prom-label-proxy'], '/bin/prom-label-proxy'),
    changes: ['USER nobody', 'ENTRYPOINT ["/bin/prom-label-proxy"]'],
  },
  {
    image: /^prom\/node-exporter:/,
    from: 'built from its Go module',
    fill: (folder) => program(folder, servers.node_exporter, '/bin/node_exporter'),
    changes: ['USER nobody', 'ENTRYPOINT ["/bin/node_exporter"]'],
  },
  {
    image: /postgres-exporter:/,
    from: "Debian's package, an older version",
    fill: (folder) => program(folder, servers.postgres_exporter, '/bin/postgres_exporter'),
    changes: ['USER nobody', 'ENTRYPOINT ["/bin/postgres_exporter"]'],
  },
  {
    image: /redis_exporter:/,
    from: "Debian's package, an older version",
    fill: (folder) => program(folder, servers.redis_exporter, '/redis_exporter'),
    changes: ['USER 59000:59000', 'ENTRYPOINT ["/redis_exporter"]'],
  },
  {
    image: /mysqld-exporter:/,
    from: "Debian's package, an older version",
    fill: (folder) => program(folder, servers.mysqld_exporter, '/bin/mysqld_exporter'),
    changes: ['USER nobody', 'ENTRYPOINT ["/bin/mysqld_exporter"]'],
  },
  {
    image: /^redis:/,
    from: "Debian's package, an older version",
    fill: (folder) => {
      program(folder, servers.redis, '/usr/local/bin/redis-server');
      program(folder, servers.redisCli, '/usr/local/bin/redis-cli');
      owned(folder, '/data', 999, 1000);
    },
    changes: ['WORKDIR /data', 'VOLUME /data', 'CMD ["redis-server"]'],
  },
  {
    image: /^postgres:/,
    from: "embedded-postgres of npm, psql of Debian's package, pg_dump of a wheel, an entry point of ours",
    fill: (folder) => {
      cpSync(servers.postgresFolder, join(folder, 'usr/local/pgsql'), {
        recursive: true,
        verbatimSymlinks: true,
      });
      // Its libraries are beside it; of the system's it wants these.
      program(
        folder,
        join(servers.postgresFolder, 'bin/postgres'),
        '/usr/local/pgsql/bin/postgres',
      );
      for (const name of ['psql', 'pg_isready'])
        program(folder, join(servers.postgresClients, name), join('/usr/bin', name));
      for (const name of ['pg_dump', 'pg_restore'])
        program(folder, join(servers.postgresDump, name), join('/usr/local/pgsql/bin', name));
      // Of Node.js, which is put on top of this image for backups.
      for (const library of librariesOf(servers.node)) put(folder, library, library);
      put(folder, '/usr/lib/locale/C.utf8', '/usr/lib/locale/C.utf8');
      script(folder, 'postgres-entrypoint.sh', '/usr/local/bin/entrypoint');
      owned(folder, '/var/lib/postgresql', 999);
      owned(folder, '/var/run/postgresql', 999);
    },
    changes: [
      'ENV PATH=/usr/local/pgsql/bin:/usr/local/bin:/usr/bin:/bin LD_LIBRARY_PATH=/usr/local/pgsql/lib',
      'VOLUME /var/lib/postgresql',
      'ENTRYPOINT ["/usr/local/bin/entrypoint"]',
    ],
  },
  {
    image: /^otel\/opentelemetry-collector-contrib:/,
    from: 'built from its Go modules, with our choice of components',
    bare: true,
    fill: (folder) => {
      mkdirSync(folder, { recursive: true });
      put(folder, servers.otelcol, '/otelcol-contrib');
    },
    changes: ['USER 10001:10001', 'ENTRYPOINT ["/otelcol-contrib"]'],
  },
  {
    image: /^grafana\/grafana:/,
    from: 'a program of ours that checks tokens as Grafana documents, and reads what is mounted',
    fill: (folder) => {
      program(folder, servers.node, '/usr/local/bin/node');
      for (const name of ['grafana.mjs', 'grafana-database.mjs'])
        put(folder, standIn(name), join('/', name));
      for (const path of ['datasources', 'dashboards'])
        owned(folder, join('/etc/grafana/provisioning', path), 472, 0);
      owned(folder, '/var/lib/grafana', 472, 0);
      chmodSync(join(folder, 'var/lib/grafana'), 0o777);
    },
    changes: ['USER 472', 'VOLUME /var/lib/grafana', 'ENTRYPOINT ["node", "/grafana.mjs"]'],
  },
  {
    image: /^grafana\/tempo:/,
    from: 'our Collector, which takes spans and prints them',
    fill: (folder) => {
      put(folder, servers.otelcol, '/otelcol');
      script(folder, 'tempo.sh', '/tempo');
      put(folder, standIn('tempo.yaml'), '/etc/stand-in.yaml');
      owned(folder, '/var/tempo', 10001);
    },
    changes: ['USER 10001:10001', 'ENTRYPOINT ["/tempo"]'],
  },
  {
    image: /^axllent\/mailpit:/,
    from: 'a program of ours that takes mails and lists them',
    fill: (folder) => {
      program(folder, servers.node, '/usr/local/bin/node');
      put(folder, standIn('mailpit.mjs'), '/mailpit.mjs');
      script(folder, 'mailpit.sh', '/mailpit');
    },
    changes: ['ENTRYPOINT ["/mailpit"]'],
  },
  {
    image: /\/cadvisor:/,
    from: 'a program of ours that lists the control groups: only its mounts and limits are tried',
    fill: (folder) => {
      program(folder, servers.node, '/usr/local/bin/node');
      put(folder, standIn('cadvisor.mjs'), '/cadvisor.mjs');
    },
    changes: ['ENTRYPOINT ["node", "/cadvisor.mjs"]'],
  },
  ...(servers.thanos === undefined
    ? []
    : [
        {
          image: /\/thanos:/,
          from: 'built from its Go module',
          fill: (folder) => program(folder, servers.thanos, '/bin/thanos'),
          changes: ['USER 1001', 'ENTRYPOINT ["/bin/thanos"]'],
        },
      ]),
  {
    image: /^busybox:/,
    from: "Debian's busybox-static",
    fill: () => {},
    changes: [],
  },
  {
    image: /^node:/,
    from: 'Node.js of npm, without the rest of Debian',
    fill: (folder) => program(folder, servers.node, '/usr/local/bin/node'),
    changes: ['ENV PATH=/usr/local/bin:/usr/bin:/bin'],
  },
];

/** The folder with the file tree of one of them. */
export function treeOf({ bare, fill }, folder) {
  if (existsSync(folder)) throw new Error(`Expected ${folder} not to be there`);
  mkdirSync(folder, { recursive: true });
  if (bare !== true) imageTree(folder);
  fill(folder);
  return folder;
}

function script(folder, name, to) {
  put(folder, standIn(name), to);
  chmodSync(join(folder, to), 0o755);
}

function owned(folder, path, uid, gid = uid) {
  mkdirSync(join(folder, path), { recursive: true });
  chownSync(join(folder, path), uid, gid);
}
