import { createHash } from 'node:crypto';
import { relative } from 'node:path';
import { type HistogramFlavour, type MonitoringSpec, PARTS, type Part } from '@bellwether/mixin';
import { Command, Option } from 'commander';
import { CliError } from '../cli-error.ts';
import type { Context } from '../context.ts';
import { type Generation, generate } from '../generate/generate.ts';

/** `bellwether generate`: rules, alerts, their tests, dashboards and pages from catalogs. */
export function generateCommand(context: Context): Command {
  return new Command('generate')
    .description(
      'Generate rules, alerts, dashboards, runbooks and reference from a catalog of meters',
    )
    .option('--catalog <file>', 'a module that exports meters; may be repeated', collect, [])
    .option('--config <file>', 'a module whose default export is a monitoring spec')
    .requiredOption('--out <folder>', 'where to write')
    .addOption(
      new Option('--histograms <flavour>', 'how latency is stored').choices(['classic', 'native']),
    )
    .addOption(
      new Option('--without <parts...>', 'what your services do not have')
        .choices(PARTS)
        .default([], 'nothing'),
    )
    .option('--grafana-url <url>', 'Grafana as people reach it, for links')
    .option('--runbook-url <url>', 'where the runbooks are served or kept, for links')
    .option(
      '--tenant-budget <n>',
      'tenants that keep their own series, for the check of their number',
    )
    .option('--check', 'write nothing; exit code 1 when something would change', false)
    .option('--json', 'print JSON on standard output', false)
    .addHelpText('after', HELP)
    .action(async (flags: GenerateFlags) => {
      const { catalog: catalogs, config, out, check, json } = flags;
      if (catalogs.length === 0 && config === undefined) {
        throw new CliError('ERR_OPTION', 'Expected --catalog <file> or --config <file>, got none.');
      }
      const source = { catalogs, overrides: overridesOf(flags), ...(config && { config }) };
      const done = await generate(context, { source, out, check });
      context.out(json ? JSON.stringify(asJson(done), undefined, 2) : asText(done, check, context));
      if (check && changesOf(done) > 0) context.setExitCode(1);
    });
}

interface GenerateFlags {
  readonly catalog: readonly string[];
  readonly config?: string;
  readonly out: string;
  readonly histograms?: HistogramFlavour;
  readonly without: readonly Part[];
  readonly grafanaUrl?: string;
  readonly runbookUrl?: string;
  readonly tenantBudget?: string;
  readonly check: boolean;
  readonly json: boolean;
}

const collect = (value: string, before: readonly string[]) => [...before, value];

function overridesOf({ histograms, without, grafanaUrl, runbookUrl, tenantBudget }: GenerateFlags) {
  const overrides: Pick<MonitoringSpec, 'histograms' | 'links' | 'tenantBudget' | 'without'> = {
    ...(histograms !== undefined && { histograms }),
    ...(without.length > 0 && { without }),
    ...(tenantBudget !== undefined && { tenantBudget: wholeNumber(tenantBudget) }),
    links: {
      ...(grafanaUrl !== undefined && { grafana: grafanaUrl }),
      ...(runbookUrl !== undefined && { runbooks: runbookUrl }),
    },
  };
  return overrides;
}

function wholeNumber(text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw new CliError(
    'ERR_OPTION',
    `Expected --tenant-budget to be a whole number from 1 to 9999999, got ${text}.`,
  );
}

const changesOf = ({ files, removed }: Generation) =>
  files.filter(({ state }) => state !== 'same').length + removed.length;

function asJson({ folder, files, removed, orphaned, counts }: Generation): object {
  return {
    folder,
    counts,
    files: files.map(({ path, text, state }) => ({
      path,
      sha256: createHash('sha256').update(text).digest('hex'),
      state,
    })),
    removed,
    orphaned,
  };
}

function asText(done: Generation, check: boolean, { cwd }: Context): string {
  const { files, removed, orphaned, counts } = done;
  const where = relative(cwd, done.folder) || '.';
  const news = [
    ...files.filter(({ state }) => state !== 'same').map(({ path, state }) => `  ${state} ${path}`),
    ...removed.map((path) => `  ${check ? 'to remove' : 'removed'} ${path}`),
    ...orphaned.map((path) => `  left ${path}: no longer generated, but it has notes of yours`),
  ];
  const { recordingRules, alerts, dashboards, panels, runbooks } = counts;
  const sum = `${where}: ${recordingRules} recording rules, ${alerts} alerts, ${runbooks} runbooks, ${dashboards} dashboards with ${panels} panels`;
  const changes = changesOf(done);
  if (changes === 0) return [...news, `${sum}; nothing has changed.`].join('\n');
  if (check) return [`Expected ${where} to be what the catalog gives, got:`, ...news].join('\n');
  return [...news, `${sum}; ${changes} files changed.`].join('\n');
}

const HELP = `
Every export of a catalog module that defineMeters() returned counts. TypeScript is read as it is, on every Node that we support.
Written are prometheus/rules, prometheus/rule-tests, prometheus/rules-optional, grafana/dashboards, docs/reference and
docs/runbooks, and bellwether-generated.json, which lists them. What is no longer generated is removed; files of others, and what
people wrote below the notes line of a runbook, are left alone.
  bellwether generate --catalog ./src/meters.ts --out ./monitoring
  bellwether generate --config ./monitoring.ts --out ./monitoring --check
Exit code: 0 done, 1 a wrong catalog, or --check found changes, 2 a wrong option`;
