import { apps } from '../request/apps.mjs';
import { variants } from '../request/variants.mjs';
import { barChart } from './bar-chart.mjs';

const traced = [
  'bellwether',
  'stock',
  'stock-as-installed',
  'elastic',
  'splunk',
  'dd-trace',
  'newrelic',
];
const measured = ['bellwether-metrics', 'prom-bundle', 'stock-metrics'];

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

const makers = { record: ofRecord, startup: ofStartup, request: ofRequest, memory: ofMemory };

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
            kind: name === 'bellwether' ? 'ours' : 'peer',
            note: `${row[name].bytes} B`,
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
        kind: variant.startsWith('bellwether') ? 'ours' : 'peer',
        note: spans === undefined || spans === 0 ? undefined : `${inSpans(spans)} a request`,
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
  return charts.filter(({ chart }) => chart.bars.length > 0);
}

function inSpans(spans) {
  if (spans < 0.05) return 'sampled';
  const number = spans % 1 < 0.05 ? spans.toFixed(0) : spans.toFixed(1);
  return `${number} ${number === '1' ? 'span' : 'spans'}`;
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

function ofStartup() {
  return [];
}

function kindOf(variant) {
  if (variant === 'bare') return 'bare';
  return variant.startsWith('bellwether') ? 'ours' : 'peer';
}
