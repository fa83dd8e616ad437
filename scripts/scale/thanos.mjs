import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../start/free-port.mjs';
import { startServer } from './server-process.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const flags = (name) => `@${join(root, 'thanos', `${name}.flags`)}`;
const own = (port) => `127.0.0.1:${port}`;

/**
 * Thanos on loopback, with the flags that containers get: three receivers, a store and a bucket in a folder, a query for operators and one for
 * tenants, prom-label-proxy before that, and with `rules` a ruler that records into the receivers.
 */
export async function startThanos({ folder, programs, rules, alertmanager, signal, stops }) {
  const logFolder = join(folder, 'logs');
  const bucket = join(folder, 'bucket');
  mkdirSync(bucket, { recursive: true });
  const bucketFile = join(folder, 'bucket.yaml');
  writeFileSync(bucketFile, `type: FILESYSTEM\nconfig: { directory: ${JSON.stringify(bucket)} }\n`);
  const start = async (name, file, args, readyPort, path = '/-/ready') => {
    const server = await startServer({
      ...{ name, file, args, logFolder, signal },
      readyUrl: `http://${own(readyPort)}${path}`,
    });
    stops.push(() => server.stop());
    all.push(server);
    return server;
  };
  const all = [];
  const thanos = (name, args, readyPort) => start(name, programs.thanos, args, readyPort);

  const rings = [];
  for (let number = 0; number < 3; number += 1)
    rings.push({ number, ...(await ports('http', 'grpc', 'write', 'capnproto')) });
  const hashring = join(folder, 'hashring.json');
  writeFileSync(
    hashring,
    JSON.stringify([
      {
        endpoints: rings.map(({ grpc, capnproto }) => ({
          address: own(grpc),
          capnproto_address: own(capnproto),
        })),
      },
    ]),
  );
  const receivers = await Promise.all(
    rings.map(({ number, http, grpc, write, capnproto }) =>
      thanos(
        `receive-${number}`,
        [
          ...['receive', flags('receive')],
          ...[`--http-address=${own(http)}`, `--grpc-address=${own(grpc)}`],
          ...[
            `--remote-write.address=${own(write)}`,
            `--receive.capnproto-address=${own(capnproto)}`,
          ],
          `--tsdb.path=${join(folder, `receive-${number}`)}`,
          `--label=receive_replica="${number}"`,
          `--receive.local-endpoint=${own(grpc)}`,
          `--receive.hashrings-file=${hashring}`,
          `--objstore.config-file=${bucketFile}`,
        ],
        http,
      ),
    ),
  );
  const store = await ports('http', 'grpc');
  await thanos(
    'store',
    [
      ...[
        'store',
        '--log.format=json',
        `--http-address=${own(store.http)}`,
        `--grpc-address=${own(store.grpc)}`,
      ],
      ...[`--data-dir=${join(folder, 'store')}`, `--objstore.config-file=${bucketFile}`],
      // Minutes in production: here somebody waits.
      '--sync-block-duration=5s',
      '--ignore-deletion-marks-delay=0s',
    ],
    store.http,
  );
  const stores = [...rings.map(({ grpc }) => grpc), store.grpc].map(
    (port) => `--endpoint=${own(port)}`,
  );
  const query = await ports('http', 'grpc');
  const rule = await ports('http', 'grpc');
  await thanos(
    'query',
    [
      ...[
        'query',
        flags('query'),
        `--http-address=${own(query.http)}`,
        `--grpc-address=${own(query.grpc)}`,
      ],
      ...stores,
      ...(rules === undefined ? [] : [`--endpoint=${own(rule.grpc)}`]),
    ],
    query.http,
  );
  const tenants = await ports('http', 'grpc');
  await thanos(
    'query-tenants',
    [
      ...['query', flags('query-tenants'), `--http-address=${own(tenants.http)}`],
      ...[`--grpc-address=${own(tenants.grpc)}`, ...stores],
    ],
    tenants.http,
  );
  const proxy = await freePort();
  await start(
    'prom-label-proxy',
    programs['prom-label-proxy'],
    [
      ...[`-insecure-listen-address=${own(proxy)}`, `-upstream=http://${own(tenants.http)}`],
      ...['-header-name=X-Tenant', '-label=tenant_id', '-enable-label-apis', '-error-on-replace'],
    ],
    proxy,
    '/healthz',
  );
  if (rules !== undefined) {
    const writeFile = join(folder, 'rule-remote-write.yaml');
    writeFileSync(
      writeFile,
      `remote_write: [{ url: http://${own(rings[2].write)}/api/v1/receive }]\n`,
    );
    await thanos(
      'rule',
      [
        ...[
          'rule',
          flags('rule'),
          `--http-address=${own(rule.http)}`,
          `--grpc-address=${own(rule.grpc)}`,
        ],
        ...[
          `--data-dir=${join(folder, 'rule')}`,
          `--rule-file=${rules}/*.yaml`,
          '--eval-interval=5s',
        ],
        ...[`--query=http://${own(query.http)}`, `--remote-write.config-file=${writeFile}`],
        ...(alertmanager === undefined ? [] : [`--alertmanagers.url=${alertmanager}`]),
      ],
      rule.http,
    );
  }
  return {
    receivers,
    others: all.filter((server) => !receivers.includes(server)),
    bucket,
    bucketFile,
    folder,
    /** Where a gateway sends OTLP, one for each receiver. */
    otlp: rings.map(({ write }) => `http://${own(write)}/api/v1/otlp`),
    query: `http://${own(query.http)}`,
    queryTenants: `http://${own(tenants.http)}`,
    proxy: `http://${own(proxy)}`,
    rule: `http://${own(rule.http)}`,
  };
}

export async function ports(...names) {
  const found = {};
  for (const name of names) found[name] = await freePort();
  return found;
}
