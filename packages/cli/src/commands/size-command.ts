import type { HistogramFlavour, Part } from '@bellwether/mixin';
import { PARTS } from '@bellwether/mixin';
import { Command, Option } from 'commander';
import { CliError } from '../cli-error.ts';
import type { Context } from '../context.ts';
import { readSpec } from '../generate/read-spec.ts';
import { ASSUMPTION_NAMES, assumptions } from '../size/assumptions.ts';
import { estimate } from '../size/estimate.ts';
import type { Fleet } from '../size/fleet.ts';
import { renderEstimate } from '../size/render-estimate.ts';
import { durationSeconds } from '../verify/duration-seconds.ts';

/** `bellwether size`: what a fleet will cost, before it runs. */
export function sizeCommand(context: Context): Command {
  return new Command('size')
    .description('Estimate series, samples, disk and memory of a fleet, with every assumption')
    .option('--tenants <n>', 'tenants', '10')
    .option('--services <n>', 'services', '1')
    .option('--replicas <n>', 'processes of each service', '2')
    .option('--routes <n>', 'HTTP routes of each service', '20')
    .option('--tenant-budget <n>', 'tenants that keep their own name in a process', '200')
    .option('--interval <time>', 'between two exports (OTEL_METRIC_EXPORT_INTERVAL)', '60s')
    .option('--retention <time>', 'how long everything is kept', '30d')
    .option('--catalog <file>', 'a module that exports meters; may be repeated', collect, [])
    .option('--config <file>', 'a module whose default export is a monitoring spec')
    .addOption(
      new Option('--histograms <flavour>', 'how latency is stored').choices(['classic', 'native']),
    )
    .addOption(
      new Option('--without <parts...>', 'what your services do not have')
        .choices(PARTS)
        .default([], 'nothing'),
    )
    .option(
      '--assume <name=value>',
      'another value for an assumption; may be repeated',
      collect,
      [],
    )
    .option('--json', 'print JSON on standard output', false)
    .addHelpText('after', HELP)
    .action(async (flags: Flags) => {
      const fleet = await fleetOf(context, flags);
      const found = estimate(fleet, assumptions(given(flags.assume)));
      context.out(flags.json ? JSON.stringify(found, undefined, 2) : renderEstimate(found, fleet));
    });
}

interface Flags {
  readonly tenants: string;
  readonly services: string;
  readonly replicas: string;
  readonly routes: string;
  readonly tenantBudget: string;
  readonly interval: string;
  readonly retention: string;
  readonly catalog: readonly string[];
  readonly config?: string;
  readonly histograms?: HistogramFlavour;
  readonly without: readonly Part[];
  readonly assume: readonly string[];
  readonly json: boolean;
}

const SCRAPE_SECONDS = 15;
const collect = (value: string, before: readonly string[]) => [...before, value];

async function fleetOf(context: Context, flags: Flags): Promise<Fleet> {
  const { catalog: catalogs, config, histograms, without } = flags;
  const numbers = {
    tenants: wholeNumber('--tenants', flags.tenants),
    services: wholeNumber('--services', flags.services),
    replicas: wholeNumber('--replicas', flags.replicas),
    routes: wholeNumber('--routes', flags.routes),
    tenantBudget: wholeNumber('--tenant-budget', flags.tenantBudget),
    exportSeconds: seconds('--interval', flags.interval, 1, 3_600),
    retentionSeconds: seconds('--retention', flags.retention, 3_600, 10 * 31_536_000),
    scrapeSeconds: SCRAPE_SECONDS,
  };
  const overrides = {
    ...(histograms !== undefined && { histograms }),
    ...(without.length > 0 && { without }),
  };
  const source = { catalogs, overrides, ...(config !== undefined && { config }) };
  const named = catalogs.length > 0 || config !== undefined;
  const spec = named ? await readSpec(context, source) : { catalogs: [], ...overrides };
  // The budget of series of an instrument is what `generate` checks; here it is asked how many there are.
  return { ...numbers, spec: { ...spec, seriesBudget: Number.MAX_SAFE_INTEGER } };
}

function given(pairs: readonly string[]): Readonly<Record<string, number>> {
  const known: readonly string[] = ASSUMPTION_NAMES;
  return Object.fromEntries(
    pairs.map((pair) => {
      const [name = '', text = ''] = pair.split('=');
      const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
      if (known.includes(name) && Number.isFinite(value) && value <= 1e12) return [name, value];
      throw wrong(
        '--assume',
        `name=value with a name of ${known.join(', ')} and a number from 0`,
        pair,
      );
    }),
  );
}

function wholeNumber(name: string, text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw wrong(name, 'a whole number from 1 to 9999999', text);
}

function seconds(name: string, text: string, least: number, most: number): number {
  const found = durationSeconds(text);
  if (found !== undefined && found >= least && found <= most) return found;
  throw wrong(name, `a time from ${least} s to ${most / 86_400} days as 60s or 30d`, text);
}

const wrong = (name: string, range: string, got: string) =>
  new CliError('ERR_OPTION', `Expected ${name} to be ${range}, got ${got}.`);

const HELP = `
Series come from the semantic conventions that the SDK measures by itself, from every instrument of the catalogs, from the generated
recording rules and from the servers that are scraped. Every tenant is taken to use everything on every replica: see coverage.
  bellwether size --tenants 500 --services 4 --replicas 3 --routes 40 --catalog ./src/meters.ts
docs/guides/sizing.md says how far this was from a real run.
Exit code: 0 done, 1 a wrong catalog, 2 a wrong option`;
