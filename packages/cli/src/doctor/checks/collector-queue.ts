import { type Check, fail, ok, type Result, skipped, warn } from '../check.ts';
import type { DoctorContext } from '../doctor-context.ts';
import { askVector } from '../net/ask-prometheus.ts';
import { httpProblem } from '../net/http-problem.ts';
import { shownUrl } from '../net/shown-url.ts';

interface Figure {
  readonly name: string;
  readonly exporter: string;
  /** An exporter has a queue for each kind of data, and each Collector its own. */
  readonly queue: string;
  readonly value: number;
}

const NAMES =
  /^otelcol_(exporter_queue_size|exporter_queue_capacity|exporter_enqueue_failed_metric_points|receiver_refused_metric_points)(?:_total)?$/;

export const collectorQueue: Check = {
  id: 'collector-queue',
  group: 'collector',
  title: 'The queue of the Collector',
  needs: ['collector'],
  async run(context) {
    const figures = await figuresOf(context);
    if (typeof figures === 'string') return skipped(figures);
    return judge(figures);
  },
};

/** Of its own page where that is known, else as Prometheus has scraped it. */
async function figuresOf(context: DoctorContext): Promise<readonly Figure[] | string> {
  const { collectorMetrics } = context.targets;
  if (collectorMetrics !== undefined) {
    const page = await context.request({ url: collectorMetrics.url, maxBytes: 8_388_608 });
    if (page.problem === undefined && page.status === 200) return onPage(page.body);
    return httpProblem(shownUrl(collectorMetrics.url), page);
  }
  const answer = await askVector(
    context,
    '{__name__=~"otelcol_(exporter_queue|exporter_enqueue_failed_metric|receiver_refused_metric).*"}',
  );
  const none = 'its own metrics are not known here; name their page by --collector-metrics <url>';
  if (answer.problem !== undefined || answer.data.length === 0) return none;
  return answer.data.map(({ metric, value }) =>
    figure(metric.__name__ ?? '', (label) => metric[label] ?? '', value[1]),
  );
}

function onPage(page: string): readonly Figure[] {
  return page.split('\n').flatMap((line) => {
    const [, name = '', labels = '', value = ''] =
      /^(otelcol_\w+)(?:\{(.*)\})? (\S+)/.exec(line) ?? [];
    return NAMES.test(name)
      ? [figure(name, (label) => labels.match(`\\b${label}="([^"]*)"`)?.[1] ?? '', value)]
      : [];
  });
}

const figure = (name: string, label: (name: string) => string, value: string): Figure => ({
  name: NAMES.exec(name)?.[1] ?? name,
  exporter: label('exporter'),
  queue: ['instance', 'exporter', 'data_type'].map(label).join(' '),
  value: Number(value),
});

function judge(figures: readonly Figure[]): Result {
  const of = (name: string) => figures.filter((one) => one.name === name);
  const sum = (name: string) => of(name).reduce((total, { value }) => total + value, 0);
  const queues = of('exporter_queue_capacity').map(({ exporter, queue, value: capacity }) => {
    const size = of('exporter_queue_size').find((one) => one.queue === queue)?.value ?? 0;
    return { exporter, size, capacity, share: capacity > 0 ? size / capacity : 0 };
  });
  const [fullest] = queues.toSorted((a, b) => b.share - a.share);
  if (fullest === undefined) return skipped('its metrics tell of no queue');
  const said = `${fullest.exporter}: ${fullest.size} of ${fullest.capacity} items wait`;
  const hint =
    'What is behind it does not keep up or does not answer: look at Prometheus, then at the log of the Collector.';
  const lost = sum('exporter_enqueue_failed_metric_points');
  if (fullest.share >= 0.9) return fail(said, hint);
  if (lost > 0) return warn(`${said}; ${lost} points found no place in it since it started`, hint);
  const refused = sum('receiver_refused_metric_points');
  if (refused > 0) {
    return warn(
      `${said}; ${refused} points were refused since it started`,
      'It had no memory left (memory_limiter) or no place in its queue: give it more, or send less.',
    );
  }
  return fullest.share >= 0.5 ? warn(said, hint) : ok(said);
}
