import { states } from './collectors.mjs';

/** The table for people: a row for each way, the seconds to the exit in each state of the Collector as ESM / CommonJS. */
export function renderExits(rows) {
  const table = [
    ['way out', 'ends by', ...states.map(({ state }) => state)],
    ...[...new Set(rows.map(({ way }) => way))].map((way) => {
      const own = rows.filter((row) => row.way === way);
      return [
        way,
        own[0].bare,
        ...states.map(({ state }) => cell(own.filter((row) => row.state === state))),
      ];
    }),
  ];
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
  const broken = rows.filter(({ problems }) => problems.length > 0);
  const held = rows.filter(({ problems, broken }) => problems.length === 0 && broken.length > 0);
  return [
    '',
    'Seconds from the cause to the exit, ESM / CommonJS; * = what was recorded last has arrived.',
    ...table.map((row) =>
      row
        .map((text, column) => text.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    ),
    ...broken.flatMap(({ way, state, module, problems }) =>
      problems.map((text) => `BROKEN: ${way}, Collector ${state}, ${module}: ${text}`),
    ),
    ...held.map(
      ({ way, state, module, broken }) =>
        `Held at try ${broken.length + 1}: ${way}, Collector ${state}, ${module}: ${broken[0].join('; ')}`,
    ),
    `${rows.length} ends, ${broken.length === 0 ? 'all promises are held' : `${broken.length} broke a promise`}.`,
    '',
  ].join('\n');
}

const cell = (rows) =>
  rows
    .map(({ seconds, arrived, problems }) =>
      [seconds.toFixed(2), arrived ? '*' : '', problems.length > 0 ? '!' : ''].join(''),
    )
    .join(' / ') || '-';
