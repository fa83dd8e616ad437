import { peers } from '../peers/peers.mjs';

/** A port on which nobody listens: what is measured ends before anything is sent, and what ends later is not measured. */
const nobody = { port: 9 };

const of = (name) => {
  const { title, folder, cjs, environment } = peers[name];
  const { NODE_EXTRA_CA_CERTS: _certificate, ...env } = environment(nobody);
  return { title, cwd: folder, flags: cjs, env };
};

/** Node's own cache of compiled code, which the user has to switch on. */
const cached = (variant, title) => ({ ...variant, title, compileCache: true });

const bare = { title: 'nothing', flags: [], env: {} };
// As the measure of all is defined: by --import, which is what the others of its kind document too.
const stock = {
  ...of('stock'),
  flags: ['--import', '@opentelemetry/auto-instrumentations-node/register'],
};

export const variants = {
  bare,
  bellwether: of('bellwether'),
  stock,
  'stock-as-installed': of('stock-as-installed'),
  elastic: of('elastic'),
  splunk: of('splunk'),
  'dd-trace': of('dd-trace'),
  newrelic: of('newrelic'),
  'bare-cached': cached(bare, 'nothing, NODE_COMPILE_CACHE'),
  'bellwether-cached': cached(of('bellwether'), 'Bellwether, NODE_COMPILE_CACHE'),
  'stock-cached': cached(stock, 'OpenTelemetry, deduplicated, NODE_COMPILE_CACHE'),
};

export const rivals = ['stock', 'stock-as-installed', 'elastic', 'splunk', 'dd-trace', 'newrelic'];
