import { apps } from '../request/apps.mjs';
import { variants } from '../request/variants.mjs';
import { inNumbers } from './in-numbers.mjs';

/** What the peers do better, found in the results and not chosen: every number of ours beside every peer's that is like it. Pure. */
export function winsOfPeers(suites) {
  const wins = [
    ...inRecord(suites.record?.rows ?? []),
    ...inCollect(suites.collect?.rows ?? []),
    ...inStartup(suites.startup?.rows ?? []),
    ...inRequest(suites.request?.rows ?? []),
    ...inMemory(suites.memory?.rows ?? []),
  ];
  if (wins.length === 0) return 'Nowhere in these results.';
  return wins.map((win) => `- ${win}`).join('\n');
}

const titles = { opentelemetry: 'OpenTelemetry', 'prom-client': 'prom-client' };

function inRecord(rows) {
  return rows.flatMap((row) =>
    ['opentelemetry', 'prom-client'].flatMap((peer) => {
      const [ours, theirs] = [row.bellwether, row[peer]];
      if (ours === undefined || theirs === undefined) return [];
      const where = `record, ${row.case}, ${row.tenants.toLocaleString('en-US')} tenants`;
      return [
        theirs.ns < ours.ns &&
          `${where}: ${titles[peer]} takes ${inNumbers(theirs.ns, 'ns')}, Bellwether ${inNumbers(ours.ns, 'ns')}`,
        theirs.bytes < ours.bytes &&
          `${where}: ${titles[peer]} allocates ${theirs.bytes} B, Bellwether ${ours.bytes} B`,
      ].filter(Boolean);
    }),
  );
}

const ofCollect = {
  collectMs: ['collect and serialize', 'ms'],
  blockMs: ['longest block', 'ms'],
  firstBlockMs: ['longest block of the first export', 'ms'],
  bytesPerSeries: ['memory of a series', 'B'],
  wireBytes: ['bytes on the wire', 'B'],
};

function inCollect(rows) {
  return rows.flatMap(({ kind, series, ...row }) =>
    Object.entries(ofCollect).flatMap(([measure, [what, unit]]) =>
      ['opentelemetry', 'prom-client'].flatMap((peer) => {
        const [ours, theirs] = [row.bellwether, row[peer]].map((each) => each?.[measure]?.median);
        if (ours === undefined || theirs === undefined || theirs >= ours) return [];
        const where = `collect, ${series.toLocaleString('en-US')} ${kind} series, ${what}`;
        return `${where}: ${titles[peer]} ${inNumbers(theirs, unit)}, Bellwether ${inNumbers(ours, unit)}`;
      }),
    ),
  );
}

function inStartup(rows) {
  const costs = { wallMs: ['time', 'ms'], cpuMs: ['CPU', 'ms'], rssMiB: ['memory', 'MiB'] };
  return rows.flatMap(({ app, variant, title, added, error }) => {
    if (error !== undefined || /^(bare|bellwether)/.test(variant)) return [];
    const name = variant.endsWith('-cached') ? 'bellwether-cached' : 'bellwether';
    const ours = rows.find((row) => row.app === app && row.variant === name)?.added;
    return Object.entries(costs)
      .filter(([cost]) => added[cost] < ours?.[cost])
      .map(([cost, [what, unit]]) => {
        const where = `start of ${app === 'empty' ? 'an empty app' : 'an app that imports Express'}, added ${what}`;
        return `${where}: ${title} ${inNumbers(added[cost], unit)}, Bellwether ${inNumbers(ours[cost], unit)}`;
      });
  });
}

/** Traced variants beside traced ones, metrics beside metrics. What does less work is named with how much it does. */
function inRequest(rows) {
  const pairs = [
    ['bellwether', ({ variant }) => !/^(bare|bellwether|prom-|stock-metrics)/.test(variant)],
    ['bellwether-layers', ({ variant }) => variant === 'stock-layers'],
    ['bellwether-metrics', ({ variant }) => /^(prom-bundle|stock-metrics)$/.test(variant)],
  ];
  return pairs.flatMap(([name, isRival]) =>
    rows
      .filter((row) => isRival(row) && row.error === undefined)
      .flatMap((theirs) => {
        const ours = rows.find((row) => row.app === theirs.app && row.variant === name);
        if (ours?.cpuUs === undefined || theirs.cpuUs.median >= ours.cpuUs.median) return [];
        return `${apps[theirs.app].title}: ${variants[theirs.variant].title} takes ${inMicros(theirs)}, ${variants[name].title} ${inMicros(ours)}`;
      }),
  );
}

const inMicros = ({ cpuUs, spans }) =>
  `${inNumbers(cpuUs.median, 'µs')}${spans === undefined ? '' : ` (${inNumbers(spans)} spans a request)`}`;

function inMemory(rows) {
  const rss = (name) => rows.find(({ variant }) => variant === name)?.rssMiB?.median;
  return rows.flatMap(({ variant, title, rssMiB }) => {
    const name = variant === 'prom-bundle' ? 'bellwether-metrics' : 'bellwether';
    if (/^(bare|bellwether)/.test(variant) || rssMiB === undefined || rssMiB.median >= rss(name))
      return [];
    return `memory under load: ${title} ${inNumbers(rssMiB.median, 'MiB')}, ${variants[name].title} ${inNumbers(rss(name), 'MiB')}`;
  });
}
