// Who can reach whom: what the networks of compose.yaml promise, tried with a connection from within each container.

const atOnce = 4;

/** Tried from the container of the first to the address of the second. */
const tries = [
  ['shop', 'collector:4318', true],
  ['shop', 'postgres:5432', true],
  ['shop', 'prometheus:9090', true],
  ['notifications', 'postgres:5432', true],
  ['alertmanager', 'notifications:8080', true],
  ['prometheus', 'collector:8888', true],
  ['prometheus', 'postgres-exporter:9187', true],
  ['prom-label-proxy', 'prometheus:9090', true],
  ['shop', 'grafana:3000', true],
  ['grafana', 'prometheus:9090', true],
  ['grafana', 'tempo:3200', true],
  ['collector', 'tempo:4318', true],
  ['notifications', 'mailpit:1025', true],
  ['grafana', 'postgres:5432', false],
  ['grafana', 'redis:6379', false],
  ['grafana', 'mailpit:1025', false],
  ['tempo', 'postgres:5432', false],
  ['mailpit', 'postgres:5432', false],
  ['mailpit', 'prometheus:9090', false],
  ['mailpit', 'grafana:3000', false],
  ['prometheus', 'mysql-exporter:9104', true],
  ['cadvisor', 'postgres:5432', false],
  ['redis', 'collector:4318', false],
  ['redis', 'prometheus:9090', false],
  ['postgres', 'prometheus:9090', false],
  ['prometheus', 'postgres:5432', false],
  ['prometheus', 'redis:6379', false],
  ['collector', 'postgres:5432', false],
  ['collector', 'redis:6379', false],
  ['alertmanager', 'postgres:5432', false],
  ['node-exporter', 'postgres:5432', false],
];

/** Who has a way out of its networks: those on `edge`, the only one that is not internal. */
const waysOut = {
  shop: true,
  notifications: true,
  alertmanager: true,
  mailpit: true,
  postgres: false,
  redis: false,
  collector: false,
  prometheus: false,
  'prom-label-proxy': false,
  grafana: false,
  tempo: false,
  cadvisor: false,
  'node-exporter': false,
  'postgres-exporter': false,
  'redis-exporter': false,
  'mysql-exporter': false,
};

/**
 * Rows `{ from, to, expected, reached }`. A guest of `image` (one with busybox) in the network of each container does the trying. `outside` is the `host:port` of
 * somebody outside.
 */
export async function reachOf({ docker, compose, image, outside }) {
  const all = [
    ...tries.map(([from, to, expected]) => ({ from, to, address: to, expected })),
    ...Object.entries(waysOut).map(([from, expected]) => ({
      ...{ from, to: 'the outside', address: outside, expected },
    })),
  ];
  const rows = [];
  while (rows.length < all.length) {
    const some = all.slice(rows.length, rows.length + atOnce);
    rows.push(...(await Promise.all(some.map(one))));
  }
  return rows;

  async function one({ address, ...row }) {
    const network = `container:${await compose('ps', '-q', row.from)}`;
    const [host, port] = address.split(':');
    const nc = ['nc', '-w', '3', host, port, '-e', 'true'];
    const reached = await docker('run', '--rm', '--network', network, image, ...nc)
      .then(() => true)
      .catch(() => false);
    return { ...row, reached };
  }
}
