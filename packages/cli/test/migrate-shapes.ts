/** Files as people write them, and the metrics that `bellwether migrate` must find in them. */
export interface Shape {
  /** The first is migrated, the others are what it imports. */
  readonly files: Readonly<Record<string, string>>;
  /** `key kind name unit attributes`, as `brief` in the test writes it. */
  readonly meters: readonly string[];
  /** `line why`, in the order of the lines. */
  readonly unread?: readonly RegExp[];
}

export const shapes: Readonly<Record<string, Shape>> = {
  'named imports': {
    files: {
      'metrics.ts': `import { Counter, Gauge, Histogram } from 'prom-client';
export const ordersPlaced = new Counter({
  name: 'orders_placed_total',
  help: "Orders placed, as the shop's own book has them",
  labelNames: ['tenant', 'status'] as const,
});
export const queueSize = new Gauge({ name: 'queue_size', help: 'Jobs waiting' });
export const checkout = new Histogram({
  name: 'checkout_duration_seconds', help: 'Time to check out', labelNames: ['step'], buckets: [0.1, 0.5, 1, 5],
});
export function place(ok: boolean, tenant: string) {
  ordersPlaced.inc({ tenant, status: ok ? 'paid' : 'declined' });
}
`,
    },
    meters: [
      'ordersPlaced counter orders.placed "" tenant status=paid|declined',
      'queueSize gauge queue.size ""',
      'checkout histogram checkout.duration "s" step=50 [0.1,0.5,1,5]',
    ],
  },
  'a default import': {
    files: {
      'metrics.ts': `import client from 'prom-client';
client.collectDefaultMetrics();
const errors = new client.Counter({ name: 'http_errors_total', help: 'Errors', labelNames: ['code'] });
const memory = new client.Gauge({ name: 'cache_memory_bytes', help: 'Memory of the cache' });
memory.set(12);
errors.labels('500').inc();
errors.labels('404').inc();
`,
    },
    meters: ['errors counter http.errors "{error}" code=500|404', 'memory gauge cache.memory "By"'],
    unread: [/^2 default metrics/],
  },
  'a namespace import, with registers': {
    files: {
      'metrics.ts': `import * as prom from 'prom-client';
export const registry = new prom.Registry();
registry.setDefaultLabels({ app: 'shop' });
export const open = new prom.Gauge({
  name: 'active_connections', help: 'Connections that are open', registers: [registry],
});
export const onOpen = () => open.inc();
export const onClose = () => open.dec();
`,
    },
    meters: ['open upDownCounter active.connections "{connection}"'],
    unread: [/^3 default labels/],
  },
  CommonJS: {
    files: {
      'metrics.js': `'use strict';
const client = require('prom-client');
const { Histogram, linearBuckets: linear } = require('prom-client');
const requests = new client.Counter({ name: 'http_requests_total', help: 'Requests', labelNames: ['method', 'route', 'status'] });
const sizes = new Histogram({ name: 'response_size_bytes', help: 'Sizes', buckets: client.exponentialBuckets(100, 10, 4) });
const waits = new Histogram({ name: 'wait_seconds', help: 'Waits', buckets: client.linearBuckets(0, 0.5, 3) });
module.exports = { requests, sizes, waits };
`,
    },
    meters: [
      'requests counter http.requests "{request}" method=12 route=200 status=60',
      'sizes histogram response.size "By" [100,1000,10000,100000]',
      'waits histogram wait "s" [0,0.5,1]',
    ],
  },
  'constants of this file and others': {
    files: {
      'metrics.ts': `import { Counter } from 'prom-client';
import { LABELS, Names } from './names.js';
import { prefixed } from './prefixed';
const PREFIX = 'shop';
const base = { registers: [], labelNames: ['tenantId', ...LABELS] };
enum Unit { Bytes = 'bytes' }
export const sent = new Counter({ ...base, name: \`\${PREFIX}_sent_\${Unit.Bytes}_total\`, help: 'Bytes ' + 'sent' });
export const views = new Counter({ name: Names.views, help: 'Views' });
export const carts = new Counter({ name: prefixed('carts_total'), help: 'Carts' });
`,
      'names.ts': `export const LABELS = ['region', 'plan'] as const;
export const Names = { views: 'product_views_total' } as const;
`,
      'prefixed.ts': `const prefix = process.env.METRICS_PREFIX ?? 'app_';
export const prefixed = (name: string) => prefix + name;
`,
    },
    meters: [
      'sent counter shop.sent "By" tenant region=50 plan=50',
      'views counter product.views "{view}"',
      'carts counter app.carts "{cart}"',
    ],
  },
  'an object and an array of metrics': {
    files: {
      'metrics.ts': `import { Counter, Histogram, register } from 'prom-client';
export const metrics = {
  logins: new Counter({ name: 'logins_total', help: 'Logins', labelNames: ['outcome'] }),
  'sign-ups': new Counter({ name: 'sign_ups_total', help: 'Sign-ups' }),
  nested: { render: new Histogram({ name: 'render_seconds', help: 'Rendering' }) },
};
export const all = [
  new Counter({ name: 'a_total', help: 'A' }),
  new Counter({ name: 'b_total', help: 'B' }),
];
const NAMES = [['emails', 'E-mails'], ['texts', 'Text messages']] as const;
export const sent = NAMES.map(([name, help]) => new Counter({ name: \`\${name}_sent_total\`, help }));
for (const kind of ['hit', 'miss']) {
  register.registerMetric(new Counter({ name: \`cache_\${kind}_total\`, help: \`Cache: \${kind}\` }));
}
metrics.logins.inc({ outcome: 'ok' });
`,
    },
    meters: [
      'logins counter logins "{login}" outcome=ok',
      'signUps counter sign.ups ""',
      'render histogram render "s" [0.005,0.01,0.025,0.05,0.1,0.25,0.5,1,2.5,5,10]',
      'a counter a ""',
      'b counter b ""',
      'emailsSent counter emails.sent ""',
      'textsSent counter texts.sent ""',
      'cacheHit counter cache.hit ""',
      'cacheMiss counter cache.miss ""',
    ],
  },
  classes: {
    files: {
      'metrics.ts': `import { Counter, Gauge, Registry, type CounterConfiguration } from 'prom-client';
export class MetricsService {
  static readonly PREFIX = 'svc_';
  private static readonly LABELS = ['queue'];
  readonly registry = new Registry();
  private readonly jobs = new Counter({
    name: \`\${MetricsService.PREFIX}jobs_total\`, help: 'Jobs', labelNames: MetricsService.LABELS, registers: [this.registry],
  });
  readonly #depth: Gauge;
  private late?: Counter;
  constructor() {
    this.#depth = new Gauge({ name: 'svc_depth', help: 'Depth', async collect() { this.set(1); } });
    this.late = new Counter<string>({ name: 'svc_late_total', help: 'Late' } satisfies CounterConfiguration<string>);
  }
  done(queue: string) { this.jobs.inc({ queue }, 2); }
}
`,
    },
    meters: [
      'jobs counter svc.jobs "{job}" queue=50',
      'depth gauge svc.depth ""',
      'late counter svc.late ""',
    ],
  },
  factories: {
    files: {
      'metrics.ts': `import client from 'prom-client';
function makeCounter(name: string, help: string, labels: string[] = []) {
  return new client.Counter({ name, help, labelNames: labels });
}
const makeTimer = ({ name, buckets }: { name: string; buckets?: number[] }) =>
  new client.Histogram({ name: name + '_seconds', help: 'Time of ' + name, buckets });
export const hits = makeCounter('hits_total', 'Hits', ['page']);
export const misses = makeCounter('misses_total', 'Misses');
export const render = makeTimer({ name: 'render', buckets: [1, 2] });
class QueueMetrics {
  readonly size;
  constructor(queue: string) {
    this.size = new client.Gauge({ name: \`\${queue}_queue_size\`, help: \`Jobs in \${queue}\` });
  }
}
export const queues = [new QueueMetrics('mail'), new QueueMetrics('pdf')];
export const unknown = (name: string) => new client.Counter({ name, help: 'Any' });
`,
    },
    meters: [
      'hits counter hits "{hit}" page=50',
      'misses counter misses "{miss}"',
      'renderSeconds histogram render "s" [1,2]',
      'size gauge mail.queue.size ""',
      'pdfQueueSize gauge pdf.queue.size ""',
    ],
    unread: [/^17 the parameter name is not known/],
  },
  'get or create': {
    files: {
      'metrics.ts': `import { register, Counter, Histogram } from 'prom-client';
export const requests =
  (register.getSingleMetric('http_requests_total') as Counter) ||
  new Counter({ name: 'http_requests_total', help: 'Requests', labelNames: ['method'] });
let timer: Histogram<string> | undefined;
export function time() {
  timer ??= new Histogram({ name: 'job_duration_ms', help: 'Job', labelNames: [], buckets: [1, 10] });
  return timer;
}
`,
    },
    meters: [
      'requests counter http.requests "{request}" method=12',
      'timer histogram job.duration.ms "" [1,10]',
    ],
  },
  'a Fastify plugin': {
    files: {
      'plugin.ts': `import fp from 'fastify-plugin';
import metricsPlugin from 'fastify-metrics';
export default fp(async (fastify) => {
  await fastify.register(metricsPlugin, { endpoint: '/metrics' });
  const signUps = new fastify.metrics.client.Counter({ name: 'sign_ups_total', help: 'Sign-ups', labelNames: ['plan'] });
  fastify.decorate('signUps', signUps);
  fastify.decorate('sessions', new fastify.metrics.client.Gauge({ name: 'sessions_open', help: 'Sessions' }));
  fastify.addHook('onResponse', async () => { signUps.inc({ plan: 'free' }); });
});
`,
    },
    meters: ['signUps counter sign.ups "" plan=free', 'sessionsOpen gauge sessions.open ""'],
  },
  'providers of NestJS': {
    files: {
      'metrics.module.ts': `import { Module } from '@nestjs/common';
import { makeCounterProvider, makeHistogramProvider, PrometheusModule, InjectMetric } from '@willsoto/nestjs-prometheus';
import { Counter } from 'prom-client';
@Module({
  imports: [PrometheusModule.register()],
  providers: [
    makeCounterProvider({ name: 'payments_total', help: 'Payments', labelNames: ['provider'] }),
    makeHistogramProvider({ name: 'payment_duration_seconds', help: 'Time to pay', buckets: [1, 5] }),
  ],
})
export class MetricsModule {}
export class Payments {
  constructor(@InjectMetric('payments_total') public readonly payments: Counter<string>) {}
}
`,
    },
    meters: [
      'payments counter payments "{payment}" provider=50',
      'paymentDurationSeconds histogram payment.duration "s" [1,5]',
    ],
  },
  'arguments in their order, as before version 11': {
    files: {
      'metrics.js': `var client = require('prom-client');
exports.requests = new client.Counter('requests_total', 'Requests', ['tenant_id', 'verb']);
exports.time = new client.Histogram('time_seconds', 'Time', { buckets: [1, 2] });
exports.rss = new client.Summary('rss_bytes', 'Memory', ['pool'], { percentiles: [0.5] });
`,
    },
    meters: [
      'requests counter requests "{request}" tenant verb=50',
      'time histogram time "s" [1,2]',
      'rss histogram rss "By" pool=50 [0.005,0.01,0.025,0.05,0.1,0.25,0.5,1,2.5,5,10]',
    ],
  },
  'names that Prometheus would change': {
    files: {
      'metrics.mts': `import { Counter as C, Gauge, Summary } from 'prom-client';
export const plain = new C({ name: 'orders', help: 'No suffix' });
export const hit = new Gauge({ name: 'cache_hit_ratio', help: 'Hits by all', labelNames: ['_odd', 'le_gal'] });
export const colon = new Gauge({ name: 'job:orders:rate5m', help: 'A rule by its name' });
export const quantiles = new Summary({ name: 'rpc_seconds', help: 'RPC', percentiles: [0.5, 0.9] });
`,
    },
    meters: [
      'plain counter orders "{order}"',
      'hit gauge cache.hit "1" le_gal=50',
      'colon gauge job.orders.rate5m ""',
      'quantiles histogram rpc "s" [0.005,0.01,0.025,0.05,0.1,0.25,0.5,1,2.5,5,10]',
    ],
  },
  'what can not be read': {
    files: {
      'metrics.ts': `import { Counter, Histogram, Gauge, AggregatorRegistry } from 'prom-client';
import promBundle from 'express-prom-bundle';
import { config } from './config';
import { readNames } from 'somewhere';
export const bundle = promBundle({ includeMethod: true });
export const dynamic = new Counter(config.counter());
export const labels = new Counter({ name: 'x_total', help: 'X', labelNames: readNames() });
export const buckets = new Histogram({ name: 'y_seconds', help: readNames().help, buckets: readNames() });
export const cluster = new AggregatorRegistry();
export const twice = new Gauge({ name: 'y_seconds', help: 'Again' });
class Own { constructor(public options: object) {} }
export const notOurs = new Own({ name: 'own', help: 'not a metric' });
export const map = new Map([['name', 'help']]);
`,
      'config.ts': `export const config = { counter() { return { name: Math.random().toString() }; } };
`,
    },
    meters: ['buckets histogram y "s" [0.005,0.01,0.025,0.05,0.1,0.25,0.5,1,2.5,5,10]'],
    unread: [
      /^5 express-prom-bundle/,
      /^6 .*is not known/,
      /^7 .*readNames\(\).* is not known/,
      /^9 a registry for a cluster/,
      /^10 it is already made in line 8/,
    ],
  },
  'a wrapper that hands the classes on': {
    files: {
      'metrics.ts': `import { Counter, Timer } from './prom';
export const calls = new Counter({ name: 'calls_total', help: 'Calls' });
export const timer = new Timer();
`,
      'prom.ts': `export { Counter } from 'prom-client';
export class Timer {}
`,
    },
    meters: ['calls counter calls "{call}"'],
  },
};
