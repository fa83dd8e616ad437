import { inNumbers } from './in-numbers.mjs';

const width = 760;
const rowHeight = 26;
const barHeight = 16;
const padding = 20;
const top = 66;
/** About one character of 12 px sans-serif. */
const characterWidth = 6.6;

/** Own background and border, so that the chart reads on a light page and on a dark one. */
const style = `
text { font: 12px system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif; fill: #1f2933 }
.title { font-size: 15px; font-weight: 600 }
.note { fill: #5b6672 }
.card { fill: #ffffff; stroke: #d5dae0 }
.peer { fill: #a3adb8 }
.bare { fill: #d5dae0 }
.ours { fill: #0f766e }
.strong { font-weight: 600 }
.axis { stroke: #8a949e }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 }
  .note { fill: #9aa5b1 }
  .card { fill: #161b22; stroke: #30363d }
  .peer { fill: #6e7681 }
  .bare { fill: #3d444d }
  .ours { fill: #2dd4bf }
  .axis { stroke: #6e7681 }
}`;

/**
 * A chart of horizontal bars as SVG text: the axis begins at zero, every bar says its name and its value. `bars` are `{ label, value, kind, note }`: kind
 * 'ours', 'peer' or 'bare' is the colour, `note` stands behind the value. Pure.
 */
export function barChart({ title, subtitle, unit = '', bars }) {
  const labelWidth = Math.ceil(Math.max(...bars.map(({ label }) => label.length)) * characterWidth);
  const left = padding + labelWidth + 10;
  const behind = bars.map((bar) => behindBar(bar, unit));
  const right =
    Math.ceil(Math.max(...behind.map((text) => text.length)) * characterWidth) + padding + 8;
  const scale =
    (width - left - right) / Math.max(...bars.map(({ value }) => value), Number.MIN_VALUE);
  const height = top + bars.length * rowHeight + padding;
  const rows = bars.map((bar, index) =>
    row({ bar, text: behind[index], left, scale, y: top + index * rowHeight }),
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(title)}">`,
    `<style>${style}\n</style>`,
    `<rect class="card" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>`,
    `<text class="title" x="${padding}" y="30">${escaped(title)}</text>`,
    `<text class="note" x="${padding}" y="49">${escaped(subtitle)}</text>`,
    ...rows,
    `<line class="axis" x1="${left}" x2="${left}" y1="${top - 2}" y2="${height - padding + 2}"/>`,
    '</svg>\n',
  ].join('\n');
}

function row({ bar: { label, value, kind }, text, left, scale, y }) {
  const length = Math.max(1, value * scale);
  const weight = kind === 'ours' ? ' class="strong"' : '';
  const baseline = y + 16.5;
  return [
    `<text${weight} x="${left - 10}" y="${baseline}" text-anchor="end">${escaped(label)}</text>`,
    `<rect class="${kind}" x="${left}" y="${y + 4}" width="${length.toFixed(1)}" height="${barHeight}" rx="2"/>`,
    `<text${weight} x="${(left + length + 8).toFixed(1)}" y="${baseline}">${escaped(text)}</text>`,
  ].join('\n');
}

const behindBar = ({ value, note }, unit) =>
  `${inNumbers(value, unit)}${note === undefined ? '' : ` · ${note}`}`;

const escaped = (text) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
