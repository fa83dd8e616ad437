// What is compared with us: which package, where it is installed, the flags that its documentation names, and the variables that it needs to export
// to a sink on loopback and to reach nobody else. Everything that is not named here is as its makers set it.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = (path) => fileURLToPath(new URL(path, import.meta.url));
const root = folder('../..');

/** Without the detectors that ask cloud providers' metadata addresses: no packet leaves this machine, and starting takes less time. */
const detectors = 'env,host,os,process,serviceinstance';

const otlp = ({ port }) => ({
  OTEL_SERVICE_NAME: 'bench',
  OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
  OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
  OTEL_METRIC_EXPORT_INTERVAL: '2000',
  OTEL_METRIC_EXPORT_TIMEOUT: '2000',
});
const stock = (sink) => ({
  ...otlp(sink),
  OTEL_METRICS_EXPORTER: 'otlp',
  OTEL_LOGS_EXPORTER: 'otlp',
  OTEL_NODE_RESOURCE_DETECTORS: detectors,
});
const stockFlags = {
  cjs: ['--require', '@opentelemetry/auto-instrumentations-node/register'],
  esm: [
    ...['--import', '@opentelemetry/auto-instrumentations-node/register'],
    ...['--experimental-loader', '@opentelemetry/instrumentation/hook.mjs'],
  ],
};

/**
 * By name: `title`, `package`, `folder` (the flags are resolved there: start the process in it), `cjs` and `esm` (flags of Node for an app of
 * either kind), `backend` (which sink it needs, see bench/sinks), `environment(sink)`.
 */
export const peers = {
  bellwether: {
    title: 'Bellwether',
    package: '@bellwether/sdk',
    folder: root,
    cjs: ['--import', '@bellwether/sdk/register'],
    esm: ['--import', '@bellwether/sdk/register'],
    backend: 'otlp',
    environment: (sink) => ({ ...otlp(sink), BELLWETHER_PREAMBLE: 'false' }),
  },
  stock: {
    title: 'OpenTelemetry, deduplicated',
    package: '@opentelemetry/auto-instrumentations-node',
    folder: root,
    ...stockFlags,
    backend: 'otlp',
    environment: stock,
  },
  'stock-as-installed': {
    title: 'OpenTelemetry, as installed',
    package: '@opentelemetry/auto-instrumentations-node',
    folder: folder('stock-as-installed'),
    ...stockFlags,
    backend: 'otlp',
    environment: stock,
  },
  elastic: {
    title: 'Elastic',
    package: '@elastic/opentelemetry-node',
    folder: folder('elastic'),
    cjs: ['--import', '@elastic/opentelemetry-node'],
    esm: ['--import', '@elastic/opentelemetry-node'],
    backend: 'otlp',
    environment: (sink) => ({ ...otlp(sink), OTEL_NODE_RESOURCE_DETECTORS: detectors }),
  },
  splunk: {
    title: 'Splunk',
    package: '@splunk/otel',
    folder: folder('splunk'),
    cjs: ['--require', '@splunk/otel/instrument'],
    esm: [
      ...['--import', '@splunk/otel/instrument.js'],
      ...['--experimental-loader', '@opentelemetry/instrumentation/hook.mjs'],
    ],
    backend: 'otlp',
    environment: otlp,
  },
  'dd-trace': {
    title: 'dd-trace',
    package: 'dd-trace',
    folder: folder('dd-trace'),
    cjs: ['--require', 'dd-trace/init'],
    esm: ['--import', 'dd-trace/initialize.mjs'],
    backend: 'datadog',
    environment: ({ port }) => ({
      DD_SERVICE: 'bench',
      DD_TRACE_AGENT_URL: `http://127.0.0.1:${port}`,
      DD_INSTRUMENTATION_TELEMETRY_ENABLED: 'false',
      DD_REMOTE_CONFIGURATION_ENABLED: 'false',
    }),
  },
  newrelic: {
    title: 'New Relic',
    package: 'newrelic',
    folder: folder('newrelic'),
    cjs: ['--require', 'newrelic'],
    esm: ['--import', 'newrelic/esm-loader.mjs', '--require', 'newrelic'],
    backend: 'newrelic',
    environment: ({ port, certificate }) => ({
      NEW_RELIC_APP_NAME: 'bench',
      NEW_RELIC_LICENSE_KEY: 'x'.repeat(40),
      NEW_RELIC_HOST: 'localhost',
      NEW_RELIC_PORT: String(port),
      NEW_RELIC_NO_CONFIG_FILE: 'true',
      NEW_RELIC_LOG_ENABLED: 'false',
      ...Object.fromEntries(
        ['AWS', 'AZURE', 'AZUREFUNCTION', 'GCP', 'PCF', 'DOCKER', 'KUBERNETES'].map((cloud) => [
          `NEW_RELIC_UTILIZATION_DETECT_${cloud}`,
          'false',
        ]),
      ),
      NODE_EXTRA_CA_CERTS: certificate,
    }),
  },
};

/** The version that is installed, by peer; undefined where it is not. */
export function peerVersions(names = Object.keys(peers)) {
  return Object.fromEntries(names.map((name) => [name, versionOf(peers[name])]));
}

function versionOf({ folder, package: name }) {
  const manifest = `${folder}/node_modules/${name}/package.json`;
  return existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')).version : undefined;
}
