import { EventEmitter } from 'node:events';
import { createServer, type Server } from 'node:http';
import { metricName, type NamedKind } from '@bellwether/meters/prometheus';
import { diag } from '@opentelemetry/api';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import {
  type CollectionResult,
  DataPointType,
  type MetricCollectOptions,
  type MetricData,
  type MetricProducer,
} from '@opentelemetry/sdk-metrics';
import { writeLine } from '../write-line.ts';
import { explicitFromExponential } from './explicit-from-exponential.ts';

interface PrometheusReaderOptions {
  /** 0 takes a free one. */
  readonly port: number;
  readonly host: string;
  readonly producer: MetricProducer;
}

/**
 * A `/metrics` endpoint that shows the names of the Collector path. A port in use is one line; the application goes on
 * without the endpoint. The server never keeps the process alive.
 */
export async function prometheusReader(
  options: PrometheusReaderOptions,
): Promise<NamedPrometheusReader> {
  const reader = new NamedPrometheusReader(options.producer);
  await reader.listen(options.host, options.port);
  return reader;
}

class NamedPrometheusReader extends PrometheusExporter {
  readonly #server: Server;

  constructor(producer: MetricProducer) {
    super({ preventServerStart: true, withoutScopeInfo: true, metricProducers: [producer] });
    this.#server = createServer((request, response) => {
      if (request.url?.split('?')[0] === '/metrics') {
        this.getMetricsRequestHandler(request, response);
      } else {
        response.writeHead(404).end();
      }
    }).unref();
    this.#server.on('connection', (socket) => socket.unref());
    // Scrapes are not requests of the application: keep them from whoever patches the prototype.
    this.#server.emit = EventEmitter.prototype.emit;
  }

  /** Where it can be read; undefined when it does not listen. */
  get url(): string | undefined {
    const at = this.#server.address();
    if (at === null || typeof at === 'string') return undefined;
    const host = at.family === 'IPv6' ? `[${at.address}]` : at.address;
    return `http://${host}:${at.port}/metrics`;
  }

  /** Exclusive: the workers of a cluster must not share one port, where every scrape would meet another of them. */
  async listen(host: string, port: number): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.once('error', (error: NodeJS.ErrnoException) => {
        writeLine(
          `bellwether: Expected a free port for /metrics, got ${host}:${port} (${error.code}); the application goes on without /metrics. Set BELLWETHER_METRICS_PORT to another port or 0. [ERR_METRICS_PORT]`,
        );
        resolve();
      });
      this.#server.listen({ host, port, exclusive: true }, resolve);
    });
    this.#server.on('error', (error) => diag.error('/metrics failed', error));
  }

  override async collect(options?: MetricCollectOptions): Promise<CollectionResult> {
    const { resourceMetrics, errors } = await super.collect(options);
    const scopeMetrics = resourceMetrics.scopeMetrics.map(({ scope, metrics }) => ({
      scope,
      metrics: metrics.map(asCollectorPath),
    }));
    return { resourceMetrics: { ...resourceMetrics, scopeMetrics }, errors };
  }

  override async stopServer(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}

function asCollectorPath(metric: MetricData): MetricData {
  const { name, unit } = metric.descriptor;
  const descriptor = { ...metric.descriptor, name: metricName(name, unit, kindOf(metric)) };
  if (metric.dataPointType !== DataPointType.EXPONENTIAL_HISTOGRAM)
    return { ...metric, descriptor };
  const dataPoints = metric.dataPoints.map((point) => ({
    ...point,
    value: explicitFromExponential(point.value),
  }));
  return { ...metric, descriptor, dataPointType: DataPointType.HISTOGRAM, dataPoints };
}

function kindOf(metric: MetricData): NamedKind {
  if (metric.dataPointType === DataPointType.GAUGE) return 'gauge';
  if (metric.dataPointType === DataPointType.SUM) {
    return metric.isMonotonic ? 'monotonic-sum' : 'other-sum';
  }
  return 'histogram';
}
