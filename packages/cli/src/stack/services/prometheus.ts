import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hash } from 'bcryptjs';
import { httpReady } from '../http-ready.ts';
import type { PortName } from '../ports.ts';
import { renderPrometheusConfig } from '../render-prometheus-config.ts';
import type { Service, ServiceRun } from '../service.ts';
import type { ServiceName } from '../service-names.ts';
import { adminToken } from './prometheus-guard.ts';

/** Targets of the committed prometheus.yaml and the ports that they are on here. */
const TARGETS: readonly (readonly [target: string, service: ServiceName, port: PortName])[] = [
  ['prometheus:9090', 'prometheus', 'prometheus'],
  ['collector:8888', 'collector', 'collectorMetrics'],
  ['alertmanager:9093', 'alertmanager', 'alertmanager'],
  ['node-exporter:9100', 'node-exporter', 'nodeExporter'],
  ['postgres-exporter:9187', 'postgres-exporter', 'postgresExporter'],
  ['redis-exporter:9121', 'redis-exporter', 'redisExporter'],
  ['mysql-exporter:9104', 'mysql-exporter', 'mysqlExporter'],
];

export const prometheus: Service = {
  name: 'prometheus',
  needs: [],
  program: 'prometheus',
  async prepare(run) {
    const committed = readFileSync(run.files.prometheusConfig, 'utf8');
    const here = TARGETS.filter(([, service]) => run.has(service));
    const more = run.has('mysql-exporter') ? [readFileSync(run.files.mysqlScrape, 'utf8')] : [];
    const rendered = renderPrometheusConfig(committed, {
      more,
      addresses: new Map(here.map(([target, , port]) => [target, `127.0.0.1:${run.port(port)}`])),
      rulesFolder: run.settings.rulesFolder ?? run.files.prometheusRules,
      timing: run.settings.prometheusTiming ?? {},
    });
    writeFileSync(configFile(run), rendered);
    if (isGuarded(run)) {
      const users = { basic_auth_users: { admin: await hash(adminToken(run.dataDir), 10) } };
      writeFileSync(webFile(run), JSON.stringify(users), { mode: 0o600 });
    }
  },
  command: (run) => ({
    file: run.program,
    args: [
      `--config.file=${configFile(run)}`,
      `--storage.tsdb.path=${join(run.folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${ownPort(run)}`,
      ...(isGuarded(run) ? ['--web.enable-admin-api', `--web.config.file=${webFile(run)}`] : []),
      '--web.enable-otlp-receiver',
      // By default every web page that a browser on this machine shows may read the API.
      '--web.cors.origin=^$',
      '--enable-feature=created-timestamp-zero-ingestion,exemplar-storage',
      '--log.format=json',
      ...(run.settings.prometheusTiming?.resendDelay === undefined
        ? []
        : [`--rules.alert.resend-delay=${run.settings.prometheusTiming.resendDelay}`]),
    ],
  }),
  ready: (run) =>
    httpReady(
      `http://127.0.0.1:${ownPort(run)}/-/ready`,
      isGuarded(run) ? { user: 'admin', password: adminToken(run.dataDir) } : undefined,
    ),
};

const configFile = (run: ServiceRun) => join(run.folder, 'prometheus.yaml');
const webFile = (run: ServiceRun) => join(run.folder, 'web.yaml');
/** With a guard in front Prometheus has its admin API on, and lets nobody in without the token. */
const isGuarded = (run: ServiceRun) => run.settings.backups === true;
const ownPort = (run: ServiceRun) => run.port(isGuarded(run) ? 'prometheusInner' : 'prometheus');
