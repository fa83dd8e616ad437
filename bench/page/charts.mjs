import { apps } from '../request/apps.mjs';
import { inSpans } from '../request/render-request.mjs';
import { variants } from '../request/variants.mjs';
import { barChart } from './bar-chart.mjs';

const traced = [
  'bare',
  'bellwether',
  'stock',
  'stock-as-installed',
  'elastic',
  'splunk',
  'dd-trace',
  'newrelic',
];
const equalWork = [
  ...['bare', 'bellwether', 'stock-no-layers', 'bellwether-layers', 'stock-layers'],
];
const measured = ['bare', 'bellwether-metrics', 'prom-bundle', 'stock-metrics'];

/** The charts of the page, `{ suite, file, alt, svg }`, of the suites whose results are there. Pure. */
export function chartsOf(suites) {
  return Object.entries(suites).flatMap(([suite, result]) =>
    (makers[suite]?.(result) ?? []).map(({ file, chart }) => ({
      suite,
      file,
      alt: chart.title,
      svg: barChart(chart),
    })),
  );
}

const makers = {
  record: ofRecord,
  collect: ofCollect,
  startup: ofStartup,
  request: ofRequest,
  memory: ofMemory,
};

function ofRecord({ rows }) {
  const counter = rows.find((row) => row.case === 'counter' && row.tenants === 1_000);
  const histogram = rows.find((row) => row.case === 'histogramExplicit' && row.tenants === 1_000);
  return [
    ['record-counter', 'counter.add with a tenant and three attributes, 1,000 tenants', counter],
    ['record-histogram', 'histogram.record, explicit buckets, 1,000 tenants', histogram],
  ]
    .filter(([, , row]) => row !== undefined)
    .map(([file, title, row]) => ({
      file,
      chart: {
        title,
        subtitle: 'nanoseconds a call, and bytes allocated; less is better',
        unit: 'ns',
        bars: Object.entries(implementations)
          .filter(([name]) => row[name] !== undefined)
          .map(([name, label]) => ({
            label,
            value: row[name].ns,
            kind: kindOf(name),
            note: `${row[name].bytes.toLocaleString('en-US')} B`,
          })),
      },
    }));
}

const implementations = {
  bellwether: 'Bellwether',
  'prom-client': 'prom-client',
  opentelemetry: 'OpenTelemetry SDK',
};

function ofRequest({ rows }) {
  const capacityOf = (app, names) =>
    rows
      .filter((row) => row.app === app && names.includes(row.variant) && row.capacity !== undefined)
      .sort((a, b) => b.capacity - a.capacity)
      .map(({ variant, capacity, spans }) => ({
        label: variants[variant].title,
        value: capacity,
        kind: kindOf(variant),
        note: spansNote(spans),
      }));
  const charts = Object.entries(apps).map(([app, { title }]) => ({
    file: `request-${app}`,
    chart: {
      title: `Capacity that is left with traces on: ${title}`,
      subtitle: 'CPU of a request without instrumentation ÷ with; 1 is all of it, more is better',
      bars: capacityOf(app, traced),
    },
  }));
  charts.push({
    file: 'request-metrics',
    chart: {
      title: 'Capacity that is left with metrics only: Express, hello',
      subtitle: 'CPU of a request without instrumentation ÷ with; 1 is all of it, more is better',
      bars: capacityOf('hello', measured),
    },
  });
  charts.push({
    file: 'request-equal-work',
    chart: {
      title: 'The same number of spans: Express, hello',
      subtitle: 'CPU of a request in µs; less is better',
      unit: 'µs',
      bars: equalWork
        .flatMap((name) => rows.filter((row) => row.app === 'hello' && row.variant === name))
        .filter(({ error }) => error === undefined)
        .map(({ variant, cpuUs, spans }) => ({
          label: variants[variant].title,
          value: cpuUs.median,
          kind: kindOf(variant),
          note: spansNote(spans),
        })),
    },
  });
  return charts.filter(({ chart }) => chart.bars.length > 0);
}

function spansNote(spans) {
  if (spans === undefined || spans === 0) return undefined;
  const number = inSpans(spans);
  return number === 'sampled' ? number : `${number} ${number === '1' ? 'span' : 'spans'}`;
}

function ofMemory({ rows }) {
  return [
    {
      file: 'memory',
      chart: {
        title: 'Resident memory of the hello app under load',
        subtitle: 'MiB after the same number of requests; less is better',
        unit: 'MiB',
        bars: rows
          .filter(({ error }) => error === undefined)
          .sort((a, b) => a.rssMiB.median - b.rssMiB.median)
          .map(({ variant, title, rssMiB }) => ({
            label: title,
            value: rssMiB.median,
            kind: kindOf(variant),
          })),
      },
    },
  ];
}

function ofStartup({ rows }) {
  const bars = (cost) =>
    rows
      .filter(
        ({ app, variant, error }) =>
          app === 'express' && !/^bare|-cached$/.test(variant) && error === undefined,
      )
      .sort((a, b) => a.added[cost] - b.added[cost])
      .map(({ variant, title, added }) => ({
        label: title,
        // Less than nothing is the noise of two medians.
        value: Math.max(0, added[cost]),
        kind: kindOf(variant),
      }));
  const of = 'to the start of an app that imports Express';
  return [
    [
      'startup-time',
      `Time added ${of}`,
      'milliseconds until its imports are done; less is better',
      'ms',
      'wallMs',
    ],
    [
      'startup-memory',
      `Memory added ${of}`,
      'MiB resident when its imports are done; less is better',
      'MiB',
      'rssMiB',
    ],
  ].map(([file, title, subtitle, unit, cost]) => ({
    file,
    chart: { title, subtitle, unit, bars: bars(cost) },
  }));
}

function ofCollect({ rows }) {
  const charts = [
    [
      'collect-time',
      10_000,
      'collectMs',
      'Collecting and serializing 10,000 counters',
      'milliseconds; less is better',
      'ms',
    ],
    [
      'collect-block',
      100_000,
      'blockMs',
      'Longest block of the event loop while 100,000 counters are exported',
      'milliseconds for which no request is answered; less is better',
      'ms',
    ],
    [
      'collect-memory',
      10_000,
      'bytesPerSeries',
      'Memory of one counter series after a collection',
      'bytes; less is better',
      'B',
    ],
  ];
  return charts.flatMap(([file, series, measure, title, subtitle, unit]) => {
    const row = rows.find((each) => each.kind === 'counter' && each.series === series);
    if (row === undefined) return [];
    const bars = Object.entries(implementations)
      .filter(([name]) => row[name] !== undefined)
      .map(([name, label]) => ({
        label,
        value: row[name][measure].median,
        kind: kindOf(name),
      }))
      .sort((a, b) => a.value - b.value);
    return [{ file, chart: { title, subtitle, unit, bars } }];
  });
}

function kindOf(variant) {
  if (variant === 'bare') return 'bare';
  return variant.startsWith('bellwether') ? 'ours' : 'peer';
}
