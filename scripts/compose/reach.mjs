// Who can reach whom: what the networks of compose.yaml promise, tried with a connection from within each container.

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

/** Rows `{ from, to, expected, reached }`. A guest of `image` (one with busybox) in the network of each container does the trying. */
export async function reachOf({ docker, compose, image }) {
  const rows = [];
  for (const [from, to, expected] of tries) {
    const container = await compose('ps', '-q', from);
    const [host, port] = to.split(':');
    const nc = ['nc', '-w', '3', host, port, '-e', 'true'];
    const reached = await docker('run', '--rm', '--network', `container:${container}`, image, ...nc)
      .then(() => true)
      .catch(() => false);
    rows.push({ from, to, expected, reached });
  }
  return rows;
}
