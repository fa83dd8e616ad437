import { setTimeout as wait } from 'node:timers/promises';
import { Command } from 'commander';
import { CliError } from '../cli-error.ts';
import type { Context } from '../context.ts';
import { durationSeconds } from '../verify/duration-seconds.ts';
import { type InputFolders, readInput } from '../verify/read-input.ts';
import { renderReport } from '../verify/render-report.ts';
import { type VerifyInput, verify } from '../verify/verify.ts';
import type { VerifyReport } from '../verify/verify-report.ts';
import { prometheusOf } from './prometheus-of.ts';
import { type VerifyView, verifyView } from './verify-view.ts';

const PAUSE_MS = 5_000;

/** `bellwether verify`: asks a running Prometheus whether any panel, rule or alert is dead. */
export function verifyCommand(context: Context): Command {
  return new Command('verify')
    .description(
      'Ask a running Prometheus every query of dashboards and rules, and say which return nothing',
    )
    .option('--prometheus <url>', 'default: that of the running stack, else http://127.0.0.1:9090')
    .option('--dashboards <folder>', 'dashboards as JSON (default: grafana/dashboards)')
    .option('--rules <folder>', 'rule files (default: prometheus/rules)')
    .option('--expected-empty <file>', 'what may be empty (default: grafana/expected-empty.yaml)')
    .option('--interval <time>', "scrape interval of Grafana's data source", '60s')
    .option('--wait <time>', 'ask again until nothing is wrong or this time is over, as 2m')
    .option('--json', 'print JSON on standard output', false)
    .addHelpText('after', HELP)
    .action(async (flags: VerifyFlags) => {
      const input = {
        prometheus: prometheusOf(context, flags.prometheus),
        ...readInput(context, flags),
        interval: interval(flags.interval),
      };
      const view = verifyView({ ...context, interactive: context.interactive && !flags.json });
      const report = await untilFine(input, waitMs(flags.wait), view).finally(() => view.finish());
      context.out(flags.json ? JSON.stringify(report, undefined, 2) : renderReport(report));
      if (!report.ok) context.setExitCode(1);
    });
}

interface VerifyFlags extends InputFolders {
  readonly prometheus?: string;
  readonly interval: string;
  readonly wait?: string;
  readonly json: boolean;
}

async function untilFine(input: VerifyInput, ms: number, view: VerifyView): Promise<VerifyReport> {
  const deadline = performance.now() + ms;
  for (;;) {
    const report = await verify(input, view.asked);
    const left = deadline - performance.now();
    if (report.ok || left <= 0) return report;
    view.waiting(report, left);
    await wait(Math.min(PAUSE_MS, left));
  }
}

function waitMs(text: string | undefined): number {
  const seconds = text === undefined ? 0 : durationSeconds(text);
  if (seconds !== undefined && seconds <= 86_400) return seconds * 1000;
  throw new CliError('ERR_OPTION', `Expected --wait to be a time up to 24h as 2m, got ${text}.`);
}

function interval(text: string): number {
  const seconds = durationSeconds(text);
  if (seconds !== undefined && seconds >= 1 && seconds <= 3_600) return seconds;
  throw new CliError(
    'ERR_OPTION',
    `Expected --interval to be a time from 1s to 1h as 60s, got ${text}.`,
  );
}

const HELP = `
Every query of a panel, a variable and a recording rule must return something, with the variables of the dashboard filled in as
Grafana does when it is opened. Of alerts and annotations, which are silent on a good day, all that they name must exist. What
needs a fault or time before it shows anything stands in the file of --expected-empty: at most ten entries {dashboard, panel,
reason}, {rule, reason}, {alert, reason} or {metrics, reason}, how the names of an exporter that does not run here begin. What
compares with a day or a week ago is told, and no problem, until that long has passed.
Exit code: 0 all of it works, 1 something does not, or Prometheus is not there, 2 a wrong option`;
