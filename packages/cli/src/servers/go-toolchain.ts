import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { CliError } from '../cli-error.ts';
import type { Context } from '../context.ts';
import { findOnPath } from './find-on-path.ts';
import { satisfies } from './version-range.ts';

const OLDEST_GO = '1.26.0';
const run = promisify(execFile);

export interface GoToolchain {
  readonly file: string;
  /** The answer of `go version`. */
  readonly version: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The Go on PATH with the environment for our builds, or one error that says what to do without it. */
export async function goToolchain(context: Context): Promise<GoToolchain> {
  const file = findOnPath(['go'], context);
  if (file === undefined) throw goMissing('none on PATH');
  const env = {
    ...context.env,
    GOFLAGS: '',
    GOTOOLCHAIN: 'local',
    GOWORK: 'off',
    CGO_ENABLED: '0',
  };
  const version = (await run(file, ['version'], { env })).stdout.trim();
  const number = /go(\d+\.\d+(?:\.\d+)?)/.exec(version)?.[1] ?? '0.0.0';
  if (!satisfies(number, OLDEST_GO)) throw goMissing(version);
  const proxy = (await run(file, ['env', 'GOPROXY'], { env })).stdout.trim();
  return { file, version, env: { ...env, GOPROXY: proxyOnly(proxy) } };
}

/** Without `direct`, what a proxy does not have is said plainly and never fetched from a repository. */
export function proxyOnly(setting: string): string {
  const kept = setting.split(/(?<=[,|])/).filter((part) => !/^direct[,|]?$/.test(part));
  const proxies = kept.join('').replace(/[,|]$/, '');
  return proxies === '' ? 'https://proxy.golang.org' : proxies;
}

function goMissing(got: string): CliError {
  return new CliError(
    'ERR_GO_MISSING',
    `Expected Go >= ${OLDEST_GO.replace(/\.0$/, '')} to build the servers with, got ${got}; install it from https://go.dev/dl/, ` +
      'or name binaries by BELLWETHER_PROMETHEUS, BELLWETHER_OTELCOL, ..., or run the stack with docker compose.',
  );
}
