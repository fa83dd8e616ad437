import { Command } from 'commander';
import { CliError } from '../cli-error.ts';
import type { Context } from '../context.ts';
import { CHECKS } from '../doctor/checks.ts';
import { chooseChecks } from '../doctor/choose-checks.ts';
import { type Diagnosis, diagnosis } from '../doctor/diagnosis.ts';
import { type DoctorFlags, doctorContext } from '../doctor/make-context.ts';
import { redact, secretsIn } from '../doctor/redact.ts';
import { renderDiagnosis } from '../doctor/render-diagnosis.ts';
import { runChecks } from '../doctor/run-checks.ts';
import { stackStatus } from '../stack/stack-status.ts';
import { durationSeconds } from '../verify/duration-seconds.ts';
import { doctorView } from './doctor-view.ts';
import { dataFolder } from './stack-options.ts';

/** `bellwether doctor`: which hop between the application and the people is ill. */
export function doctorCommand(context: Context): Command {
  return new Command('doctor')
    .description(
      'Say which part of the way from the application to the people is ill, and what to do',
    )
    .option('--app <file>', 'the file that Node.js is given, or its folder (default: this folder)')
    .option('--pid <id>', 'ask about this running process and its variables (Linux)')
    .option('--node <file>', 'the Node.js that runs the application (default: this one)')
    .option(
      '--collector <url>',
      'OTLP/HTTP (default: OTEL_EXPORTER_OTLP_ENDPOINT, else that of the running stack)',
    )
    .option(
      '--collector-metrics <url>',
      "the Collector's own metrics page (default: that of the stack)",
    )
    .option('--prometheus <url>', 'default: that of the running stack, else http://127.0.0.1:9090')
    .option('--alertmanager <url>', 'default: that of the running stack')
    .option('--grafana <url>', 'look at its data source; BELLWETHER_GRAFANA_TOKEN is sent')
    .option('--rules <folder>', 'rules that Prometheus should have (default: prometheus/rules)')
    .option('--data <folder>', 'data folder of the stack (default: .bellwether/stack)')
    .option('--only <list>', 'run only these checks or groups')
    .option('--skip <list>', 'leave these checks or groups out')
    .option('--timeout <time>', 'how long the probe may take to arrive in Prometheus', '30s')
    .option('--json', 'print JSON on standard output', false)
    .addHelpText('after', HELP)
    .action(async (flags: Flags) => {
      const checks = chooseChecks(CHECKS, flags.only, flags.skip);
      const report = await diagnose(context, flags, checks);
      const coloured = context.interactive && !context.env.NO_COLOR;
      context.out(flags.json ? JSON.stringify(report, null, 2) : renderDiagnosis(report, coloured));
      if (!report.ok) context.setExitCode(1);
    });
}

interface Flags extends DoctorFlags {
  readonly data?: string;
  readonly only?: string;
  readonly skip?: string;
  readonly timeout: string;
  readonly json: boolean;
}

/** What stands in messages besides titles. */
const WORDS = [
  '@bellwether/sdk/register',
  'bellwether-doctor',
  'bellwether',
  'postgres',
  'password',
];

async function diagnose(context: Context, flags: Flags, checks: typeof CHECKS): Promise<Diagnosis> {
  const deadlineMs = timeoutMs(flags.timeout);
  const { addresses } = stackStatus(dataFolder(flags.data, context));
  let say = (_text: string) => {};
  const looked = doctorContext(context, flags, addresses, { deadlineMs, say: (text) => say(text) });
  const given = [
    flags.collector,
    flags.collectorMetrics,
    flags.prometheus,
    flags.alertmanager,
    flags.grafana,
  ];
  const secrets = secretsIn(
    { ...context.env, ...looked.env },
    given.filter((url) => url !== undefined),
    [...WORDS, ...CHECKS.flatMap(({ id, title }) => [id, title])].join(' '),
  );
  const view = doctorView(context);
  say = view.say;
  try {
    const rows = await runChecks(checks, looked, {
      clean: (text) => redact(text, secrets),
      onStart: view.started,
    });
    return diagnosis(rows, looked.now());
  } finally {
    await view.finish();
  }
}

function timeoutMs(text: string): number {
  const seconds = durationSeconds(text);
  if (seconds !== undefined && seconds >= 1 && seconds <= 600) return seconds * 1000;
  throw new CliError(
    'ERR_OPTION',
    `Expected --timeout to be a time from 1s to 10m as 30s, got ${text}.`,
  );
}

const HELP = `
The rows are in the order of the way of the data: begin with the first that is not ok. Nothing is changed; one point of the service
bellwether-doctor is sent through the Collector.
Groups: app, collector, prometheus, fleet, rules, alerting, grafana, clocks.
Exit code: 0 all ok, or warnings only; 1 something has failed; 2 a wrong option`;
