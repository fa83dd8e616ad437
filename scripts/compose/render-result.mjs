import { renderTable } from '../start/live-table.mjs';

/** The parts of a result, as tables for people: `{ title, rows }`. */
function partsOf({
  images,
  steps,
  first,
  grafana,
  profiles,
  hardening,
  reach,
  badInput,
  backup,
  restored,
  services,
  scale,
  sbom,
}) {
  return [
    { title: 'What stood in for the official images', rows: images },
    { title: 'Steps', rows: steps },
    { title: 'Paid orders', rows: ordersOf(first) },
    {
      title: 'Who gets into Grafana',
      rows: grafana?.map(({ as, ...row }) => ({ ...row, 'as it must': as })),
    },
    { title: 'Profiles', rows: profiles },
    { title: 'Hardening', rows: hardening },
    { title: 'Who can reach whom', rows: reach },
    { title: 'Bad input', rows: badInput },
    { title: 'Backup, wipe, restore', rows: backup?.answers },
    {
      title: 'Seconds of it',
      rows:
        backup?.seconds &&
        Object.entries(backup.seconds).map(([step, each]) => ({ step, seconds: each })),
    },
    { title: 'What must be refused, and what must come back', rows: backup?.refusals },
    { title: 'Paid orders after the restore, and some more', rows: ordersOf(restored) },
    { title: 'The shop as services', rows: services?.rows },
    { title: 'Past one machine', rows: scale?.rows },
    {
      title: 'SBOM of the shop',
      rows: sbom && [{ ...sbom, missing: sbom.missing.join(', ') || 'nothing' }],
    },
  ]
    .filter(({ rows = [] }) => rows.length > 0)
    .map(({ title, rows }) => ({ title, rows: rows.map(inWords) }));
}

/** A row for each tenant, of a comparison of both sides. */
function ordersOf({ postgres = {}, prometheus = {} } = {}) {
  return Object.entries(postgres).map(([tenant, count]) => ({
    tenant,
    postgres: count,
    prometheus: prometheus[tenant] ?? 'none',
  }));
}

/** For a terminal. */
export function renderText(result) {
  const { ok, error, logs, engine, compose } = result;
  return [
    `Docker ${engine}, Compose ${compose}\n`,
    ...partsOf(result).map(({ title, rows }) => `\n${title}\n${renderTable(rows).join('\n')}\n`),
    error === undefined ? '' : `\n${error}\n${logs ?? ''}\n`,
    `\n${ok ? 'all is well' : 'FAILED'}\n`,
  ].join('');
}

/** docs/reference/compose-run.md. */
export function renderPage(result) {
  const { engine, compose, steps } = result;
  const total = steps.reduce((sum, { seconds }) => sum + seconds, 0);
  const about = {
    'Bad input':
      'What `npm run compose:check` says, and what Compose or the service itself shows. Each was brought about on the running stack, and mended; after all of them the same orders were there.',
    'Backup, wipe, restore':
      'With `compose.backup.yaml` over it: one backup while everything runs, every volume but that of the backups removed, an empty stack, one restore.',
    'The shop as services':
      'With `compose.services.yaml` over it: the same orders, as each service counts them for itself.',
    'Past one machine':
      'With `compose.scale.yaml` over it: Thanos and two tiers of Collectors, all on this one host, with an empty bucket.',
    'Who can reach whom':
      'Tried with a connection from within the network of the first; the outside is a way out of its networks.',
  };
  return [
    '<!-- Written by `npm run compose:e2e -- --write` from what it saw. -->',
    '# A run of the stack in containers',
    `Docker ${engine}, Compose ${compose}, ${Math.round(total)} s in all, on two cores that others used too. What each service is and why: [the guide](../guides/compose.md).`,
    ...partsOf(result).flatMap(({ title, rows }) => [
      `## ${title}`,
      ...(about[title] === undefined ? [] : [about[title]]),
      markdownTable(rows),
    ]),
  ]
    .join('\n\n')
    .concat('\n');
}

function markdownTable(rows) {
  const headings = Object.keys(rows[0]);
  const line = (cells) =>
    `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  return [
    line(headings),
    `|${headings.map((heading) => (typeof rows[0][heading] === 'number' ? '--:|' : '---|')).join('')}`,
    ...rows.map((row) => line(headings.map((heading) => row[heading]))),
  ].join('\n');
}

const inWords = (row) =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      value === true ? 'yes' : value === false ? 'no' : value,
    ]),
  );
