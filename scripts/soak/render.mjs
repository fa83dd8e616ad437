/** The table for people. */
export function renderSoak({ seconds, warmUp, rate, outage, broken, ...measured }) {
  const { rows, delay, requests, cpu, orders } = measured;
  const table = [
    ['', 'SDK: middle', 'an hour', 'bare: middle', 'an hour', 'held', 'bound'],
    ...rows.map(({ label, unit, bound, sdk, bare, held, beside }) => [
      unit === '' ? label : `${label}, ${unit}`,
      sdk.middle?.toFixed(1) ?? '-',
      slope(sdk),
      bare?.middle?.toFixed(1) ?? '-',
      bare === undefined ? '-' : slope(bare),
      `${slope(held)}${beside ? ' (difference)' : ''}`,
      `${bound}`,
    ]),
  ];
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
  const lines = table.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]),
      )
      .join('  '),
  );
  return [
    '',
    `${seconds.toFixed(0)} s at ${rate} requests a second each, the first ${warmUp.toFixed(0)} s not judged; a Collector gone for ${outage} s.`,
    'An hour: slope of the straight line through the samples ± its standard error.',
    ...lines,
    `Event loop delay p99, sample by sample: in the middle ${delay.middle.toFixed(1)} ± ${delay.error.toFixed(1)} ms above the bare twin's, whose ` +
      `quartiles are ${delay.spread.toFixed(1)} ms apart; ${delay.allowed.toFixed(1)} are allowed.`,
    `Requests: ${requests.sdk.sent} with the SDK, ${requests.bare.sent} bare; failed ${failures(requests.sdk)} and ${failures(requests.bare)}. ` +
      `Processor: ${cpu.sdk.toFixed(0)} s and ${cpu.bare.toFixed(0)} s.`,
    `Orders: ${orders.placed} placed, ${orders.received} received at the end.`,
    ...broken.map((text) => `BROKEN: ${text}`),
    broken.length === 0 ? 'All bounds are held.' : `${broken.length} not held.`,
    '',
  ].join('\n');
}

const failures = ({ failed, reasons, cutOff }) =>
  [
    failed,
    ...Object.entries(reasons).map(
      ([reason, { count, from, to }]) => `(${count} ${reason} from ${from} to ${to} s)`,
    ),
    ...(cutOff > 0 ? [`(${cutOff} more were cut off at the end)`] : []),
  ].join(' ');

const slope = ({ slope, error }) =>
  `${slope >= 0 ? '+' : ''}${slope.toFixed(2)} ± ${error.toFixed(2)}`;
