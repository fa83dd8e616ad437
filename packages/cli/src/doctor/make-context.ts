import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { CliError } from '../cli-error.ts';
import type { Context } from '../context.ts';
import type { StackAddresses } from '../stack/addresses.ts';
import { readApp } from './app/read-app.ts';
import { type RunningProcess, runningProcess } from './app/running-process.ts';
import type {
  ClockReading,
  DoctorContext,
  Environment,
  Target,
  Targets,
} from './doctor-context.ts';
import { boundedRequest } from './net/bounded-request.ts';
import { metricsUrl, otlpMetricsUrl, otlpVariable } from './otlp-settings.ts';
import { makeProbe } from './probe.ts';

/** As given on the command line. */
export interface DoctorFlags {
  readonly app?: string;
  readonly pid?: string;
  readonly node?: string;
  readonly collector?: string;
  readonly collectorMetrics?: string;
  readonly prometheus?: string;
  readonly alertmanager?: string;
  readonly grafana?: string;
  readonly rules?: string;
}

const REQUEST_MS = 5_000;

/** Reads what the checks look at. Throws ERR_OPTION. */
export function doctorContext(
  context: Context,
  flags: DoctorFlags,
  stack: Partial<StackAddresses>,
  { deadlineMs, say }: { readonly deadlineMs: number; readonly say: (text: string) => void },
): DoctorContext {
  const running = flags.pid === undefined ? undefined : runningProcess(pid(flags.pid));
  const env = running?.env ?? context.env;
  const clocks: ClockReading[] = [];
  const request = boundedRequest(Math.min(REQUEST_MS, deadlineMs), (host, theirs, ours) =>
    // A Date header is cut to whole seconds: half of one is added on average.
    clocks.push({ host, aheadSeconds: (theirs + 500 - ours) / 1000 }),
  );
  const now = () => Date.now();
  return {
    env,
    running,
    app: readApp(context.cwd, flags.app, running),
    nodeFile:
      flags.node === undefined ? nodeOf(running, context) : resolve(context.cwd, flags.node),
    targets: targetsOf(env, flags, stack),
    ...{ request, clocks, now, say, deadlineMs },
    probe: makeProbe(request, env, now),
    rulesFolder: rulesFolder(context.cwd, flags.rules),
  };
}

function targetsOf(env: Environment, flags: DoctorFlags, stack: Partial<StackAddresses>): Targets {
  const given = (name: keyof DoctorFlags): Target | undefined => {
    const url = flags[name];
    return url === undefined ? undefined : { url: address(name, url), from: 'option' };
  };
  const ofStack = (url: string | undefined): Target | undefined =>
    url === undefined ? undefined : { url, from: 'stack' };
  return {
    otlpMetrics: otlpTarget(env, given('collector'), stack.collectorHttp),
    collectorMetrics: given('collectorMetrics') ?? ofStack(stack.collectorMetrics),
    prometheus: given('prometheus') ??
      ofStack(stack.prometheus) ?? { url: 'http://127.0.0.1:9090', from: 'default' },
    alertmanager: given('alertmanager') ?? ofStack(stack.alertmanager),
    grafana: given('grafana'),
  };
}

/** Where the application sends its metrics. */
function otlpTarget(
  env: Environment,
  given: Target | undefined,
  ofStack: string | undefined,
): Target | undefined {
  if (given !== undefined) return { ...given, url: metricsUrl(given.url) };
  if (otlpVariable(env, 'PROTOCOL') === 'grpc') return undefined;
  const named = otlpMetricsUrl(env);
  if (named !== undefined && /^https?:$/.test(URL.parse(named)?.protocol ?? '')) {
    return { url: named, from: 'variable' };
  }
  return ofStack === undefined
    ? { url: metricsUrl('http://localhost:4318'), from: 'default' }
    : { url: metricsUrl(ofStack), from: 'stack' };
}

function nodeOf(running: RunningProcess | undefined, { execPath }: Context): string {
  return running !== undefined && /\bnode(\.exe)?$/.test(running.executable)
    ? running.executable
    : execPath;
}

function rulesFolder(cwd: string, given: string | undefined): string | undefined {
  const folder = resolve(cwd, given ?? 'prometheus/rules');
  if (existsSync(folder)) return folder;
  if (given === undefined) return undefined;
  throw new CliError('ERR_OPTION', `Expected --rules to be a folder, got ${folder}.`);
}

function pid(text: string): number {
  if (/^[1-9]\d{0,9}$/.test(text)) return Number(text);
  throw new CliError('ERR_OPTION', `Expected --pid to be the id of a process, got ${text}.`);
}

/** An address may hold a password, so a wrong one is not shown. */
function address(name: string, url: string): string {
  if (/^https?:$/.test(URL.parse(url)?.protocol ?? '')) return url;
  const option = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new CliError(
    'ERR_OPTION',
    `Expected --${option} to be an http or https address as http://127.0.0.1:9090.`,
  );
}
