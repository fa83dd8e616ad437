// What an app is measured with. `peer` names the package (bench/peers/peers.mjs); `environment` changes how it is used; `apps` where it makes sense.
import { fileURLToPath } from 'node:url';

const file = (path) => fileURLToPath(new URL(path, import.meta.url));
const everywhere = ['hello', 'redis', 'shop'];
const routes = ['hello', 'redis'];

export const variants = {
  bare: { title: 'nothing', apps: everywhere },
  bellwether: {
    title: 'Bellwether',
    peer: 'bellwether',
    apps: everywhere,
    environment: { OTEL_TRACES_SAMPLER: 'always_on' },
  },
  'bellwether-layers': {
    title: 'Bellwether, with spans of layers',
    peer: 'bellwether',
    apps: routes,
    environment: { OTEL_TRACES_SAMPLER: 'always_on', BELLWETHER_EXPRESS_LAYERS: 'true' },
  },
  'bellwether-sampled-out': {
    title: 'Bellwether, every trace sampled out',
    peer: 'bellwether',
    apps: routes,
    environment: { OTEL_TRACES_SAMPLER: 'always_off' },
  },
  'bellwether-metrics': {
    title: 'Bellwether, metrics only',
    peer: 'bellwether',
    apps: routes,
    environment: { OTEL_TRACES_EXPORTER: 'none' },
  },
  'bellwether-esm': {
    title: 'Bellwether, the app an ES module',
    peer: 'bellwether',
    apps: ['hello'],
    kind: 'esm',
    files: { hello: file('apps/hello-esm.mjs') },
    environment: { OTEL_TRACES_SAMPLER: 'always_on' },
  },
  stock: { title: 'OpenTelemetry, deduplicated', peer: 'stock', apps: everywhere },
  'stock-as-installed': {
    title: 'OpenTelemetry, as installed',
    peer: 'stock-as-installed',
    apps: everywhere,
  },
  'stock-no-layers': {
    title: 'OpenTelemetry, only http and redis',
    peer: 'stock',
    apps: routes,
    environment: { OTEL_NODE_ENABLED_INSTRUMENTATIONS: 'http,redis' },
  },
  'stock-layers': {
    title: 'OpenTelemetry, only http, express and redis',
    peer: 'stock',
    apps: routes,
    environment: { OTEL_NODE_ENABLED_INSTRUMENTATIONS: 'http,express,redis' },
  },
  'stock-metrics': {
    title: 'OpenTelemetry, metrics only',
    peer: 'stock',
    apps: ['hello'],
    environment: { OTEL_TRACES_EXPORTER: 'none' },
  },
  'stock-esm': {
    title: 'OpenTelemetry, the app an ES module',
    peer: 'stock',
    apps: ['hello'],
    kind: 'esm',
    files: { hello: file('apps/hello-esm.mjs') },
  },
  elastic: { title: 'Elastic', peer: 'elastic', apps: everywhere },
  splunk: { title: 'Splunk', peer: 'splunk', apps: everywhere },
  'dd-trace': { title: 'dd-trace', peer: 'dd-trace', apps: everywhere },
  newrelic: { title: 'New Relic', peer: 'newrelic', apps: everywhere },
  'prom-bundle': {
    title: 'prom-client and express-prom-bundle, metrics only',
    apps: ['hello'],
    files: { hello: file('apps/hello-prom-bundle.cjs') },
  },
};
