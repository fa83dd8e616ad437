import { setTimeout as wait } from 'node:timers/promises';
import { Command } from 'commander';
import { CliError } from '../cli-error.ts';
import type { Context } from '../context.ts';
import { type PromSample, promQuery } from '../stack/prom-query.ts';
import { durationSeconds } from '../verify/duration-seconds.ts';
import { prometheusOf } from './prometheus-of.ts';
import { renderSamples } from './render-samples.ts';
import { DEFAULT_DATA_FOLDER } from './stack-options.ts';

const PAUSE_MS = 1_000;

/** `bellwether query`: the value of an expression now, for a Prometheus that has no page of its own. */
export function queryCommand(context: Context): Command {
  return new Command('query')
    .description('Ask Prometheus for the value of an expression now')
    .argument(
      '<expression>',
      'PromQL that gives a vector, as "sum by (tenant_id) (shop_orders_total)"',
    )
    .option('--prometheus <url>', 'default: that of the running stack, else http://127.0.0.1:9090')
    .option('--data <folder>', `data folder of the stack (default: ${DEFAULT_DATA_FOLDER})`)
    .option('--wait <time>', 'ask again until there is an answer or this time is over, as 30s')
    .option('--json', 'print JSON on standard output', false)
    .addHelpText('after', HELP)
    .action(async (expression: string, flags: Flags) => {
      const prometheus = prometheusOf(context, flags.prometheus, flags.data);
      const samples = await untilAnswered(() => ask(prometheus, expression), waitMs(flags.wait));
      if (flags.json) context.out(JSON.stringify(samples, undefined, 2));
      else if (samples.length > 0) context.out(renderSamples(samples));
      if (samples.length > 0) return;
      context.err(`Nothing at ${prometheus} matches ${expression}.`);
      context.setExitCode(1);
    });
}

interface Flags {
  readonly prometheus?: string;
  readonly data?: string;
  readonly wait?: string;
  readonly json: boolean;
}

/** Asks until something is there; a Prometheus that does not answer is waited for as well. */
async function untilAnswered(
  question: () => Promise<readonly PromSample[]>,
  ms: number,
): Promise<readonly PromSample[]> {
  const deadline = performance.now() + ms;
  for (;;) {
    const left = deadline - performance.now();
    try {
      const samples = await question();
      if (samples.length > 0 || left <= 0) return samples;
    } catch (error) {
      const mayCome = error instanceof CliError && error.code === 'ERR_PROMETHEUS_UNREACHABLE';
      if (!mayCome || left <= 0) throw error;
    }
    await wait(Math.min(PAUSE_MS, left));
  }
}

async function ask(prometheus: string, expression: string): Promise<readonly PromSample[]> {
  try {
    return await promQuery(prometheus, expression);
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw new CliError(
      'ERR_PROMETHEUS_UNREACHABLE',
      `Expected Prometheus to answer at ${prometheus}, got ${reason(error)}; bellwether stack status says what runs.`,
      { cause: error },
    );
  }
}

const reason = (error: unknown): string => {
  const { message, cause } = error as { readonly message?: string; readonly cause?: unknown };
  const code = (cause as { readonly code?: string } | undefined)?.code;
  return code ?? message ?? String(error);
};

function waitMs(text: string | undefined): number {
  const seconds = text === undefined ? 0 : durationSeconds(text);
  if (seconds !== undefined && seconds <= 3_600) return seconds * 1000;
  throw new CliError('ERR_OPTION', `Expected --wait to be a time up to 1h as 30s, got ${text}.`);
}

const HELP = `
Exit code: 0 with at least one series, 1 with none, or when Prometheus does not answer or refuses the expression, 2 a wrong option`;
