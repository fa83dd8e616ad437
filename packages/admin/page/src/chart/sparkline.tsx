interface Props {
  readonly values: readonly (number | null)[];
  /** The words are beside it. */
  readonly tone: 'accent' | 'ok' | 'warning' | 'critical';
}

const WIDTH = 120;
const HEIGHT = 32;

/** The shape of the last hour behind a number; no axes, as the number says how much. */
export function Sparkline({ values, tone }: Props) {
  const known = values.filter((value) => value !== null);
  if (known.length < 2) return <svg className="sparkline" aria-hidden="true" />;
  const least = Math.min(...known);
  const high = Math.max(...known);
  // Not from zero, as the shape matters here; but what hardly moves is shown as a calm line.
  const low = Math.min(least, high - Math.abs(high) * 0.08) - (high - least) * 0.5;
  const span = high - low || 1;
  const x = (index: number) => (index / (values.length - 1)) * WIDTH;
  const y = (value: number) => HEIGHT - 2 - ((value - low) / span) * (HEIGHT - 4);
  const runs = runsOf(values);
  const line = runs
    .map(
      (run) => `M${run.map(([index, value]) => `${round(x(index))} ${round(y(value))}`).join('L')}`,
    )
    .join('');
  const area = runs
    .filter((run) => run.length > 1)
    .map((run) => {
      const [first] = run[0] ?? [0];
      const [last] = run.at(-1) ?? [0];
      const top = run.map(([index, value]) => `${round(x(index))} ${round(y(value))}`).join('L');
      return `M${round(x(first))} ${HEIGHT}L${top}L${round(x(last))} ${HEIGHT}Z`;
    })
    .join('');
  return (
    <svg
      className={`sparkline tone-${tone}`}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path className="sparkline-area" d={area} />
      <path className="sparkline-line" d={line} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}

const round = (value: number) => Math.round(value * 10) / 10;

function runsOf(values: Props['values']): [number, number][][] {
  const runs: [number, number][][] = [];
  let run: [number, number][] = [];
  values.forEach((value, index) => {
    if (value !== null) {
      if (run.length === 0) runs.push(run);
      run.push([index, value]);
    } else if (run.length > 0) run = [];
  });
  return runs;
}
