import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { httpReady } from '../http-ready.ts';
import type { PortName } from '../ports.ts';
import { renderPrometheusConfig } from '../render-prometheus-config.ts';
import type { Service, ServiceRun } from '../service.ts';
import type { ServiceName } from '../service-names.ts';

/** Targets of the committed prometheus.yaml and the ports that they are on here. */
const TARGETS: readonly (readonly [target: string, service: ServiceName, port: PortName])[] = [
  ['prometheus:9090', 'prometheus', 'prometheus'],
  ['collector:8888', 'collector', 'collectorMetrics'],
  ['alertmanager:9093', 'alertmanager', 'alertmanager'],
  ['node-exporter:9100', 'node-exporter', 'nodeExporter'],
  ['postgres-exporter:9187', 'postgres-exporter', 'postgresExporter'],
  ['redis-exporter:9121', 'redis-exporter', 'redisExporter'],
];

export const prometheus: Service = {
  name: 'prometheus',
  needs: [],
  program: 'prometheus',
  async prepare(run) {
    const committed = readFileSync(run.files.prometheusConfig, 'utf8');
    const here = TARGETS.filter(([, service]) => run.has(service));
    const rendered = renderPrometheusConfig(committed, {
      addresses: new Map(here.map(([target, , port]) => [target, `127.0.0.1:${run.port(port)}`])),
      rulesFolder: run.settings.rulesFolder ?? run.files.prometheusRules,
      timing: run.settings.prometheusTiming ?? {},
    });
    writeFileSync(configFile(run), rendered);
  },
  command: (run) => ({
    file: run.program,
    args: [
      `--config.file=${configFile(run)}`,
      `--storage.tsdb.path=${join(run.folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${run.port('prometheus')}`,
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
  ready: (run) => httpReady(`http://127.0.0.1:${run.port('prometheus')}/-/ready`),
};

const configFile = (run: ServiceRun) => join(run.folder, 'prometheus.yaml');
