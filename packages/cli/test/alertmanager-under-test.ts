import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onFreePort, pollUntil } from '@bellwether/testkit';
import { parse, stringify } from 'yaml';
import { ensureServer } from '../src/index.ts';
import { renderAlertmanagerConfig } from '../src/stack/render-alertmanager-config.ts';
import type { AlertmanagerTiming } from '../src/stack/stack-settings.ts';
import { stackFiles } from '../src/stack-files.ts';

export type Labels = Readonly<Record<string, string>>;

export interface PostedAlert {
  readonly labels: Labels;
  readonly annotations?: Labels;
  /** Resolved when it is in the past. */
  readonly endsAt?: string;
}

/** An alert as GET /api/v2/alerts tells it. */
export interface HeldAlert {
  readonly labels: Labels;
  readonly status: {
    readonly state: 'active' | 'suppressed' | 'unprocessed';
    readonly inhibitedBy: readonly string[];
    readonly silencedBy: readonly string[];
  };
}

export interface AlertmanagerUnderTest {
  post(alerts: readonly PostedAlert[]): Promise<void>;
  resolve(labels: Labels): Promise<void>;
  held(): Promise<readonly HeldAlert[]>;
  /** Returns its id. */
  silence(matchers: Labels): Promise<string>;
  expire(silence: string): Promise<void>;
  stop(): Promise<void>;
}

interface Options {
  /** Origin of the sink of everything that goes by HTTP. */
  readonly sink: string;
  readonly smarthost: string;
  readonly timing: AlertmanagerTiming;
  /** Of the databases. Default: none is named. */
  readonly environment?: string;
}

/** The committed configuration, rendered as the native stack does, in a real Alertmanager; only addresses are the test's. */
export async function startAlertmanager({
  sink,
  smarthost,
  timing,
  environment,
}: Options): Promise<AlertmanagerUnderTest> {
  const { file } = await ensureServer('alertmanager');
  const folder = mkdtempSync(join(tmpdir(), 'bellwether-alertmanager-'));
  const secret = (name: string, text: string) => {
    writeFileSync(join(folder, name), text, { mode: 0o600 });
    return join(folder, name);
  };
  secret('slack-webhook-url', `${sink}/slack`);
  secret('pagerduty-routing-key', 'k'.repeat(32));
  secret('smtp-password', 'unused');
  const committed = stackFiles().alertmanagerConfig;
  const { text, leftOut } = renderAlertmanagerConfig(readFileSync(committed, 'utf8'), {
    templatesFolder: join(dirname(committed), 'templates'),
    secretsFolder: folder,
    hasFile: existsSync,
    notifications: { url: sink, tokenFile: secret('token', 'a-token-of-the-test') },
    timing,
    ...(environment !== undefined && { environment }),
  });
  if (leftOut.length > 0) throw new Error(`Expected nothing to be left out, got ${leftOut}`);
  const config = join(folder, 'alertmanager.yaml');
  writeFileSync(config, withSinks(text, { sink, smarthost }));

  const { port, end } = await onFreePort((port) =>
    running(file, port, [`--config.file=${config}`, `--storage.path=${join(folder, 'data')}`]),
  );
  const stop = async () => {
    await end();
    rmSync(folder, { recursive: true, force: true });
  };
  const ask = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      ...(body !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    const answer = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${answer}`);
    return answer;
  };
  const post = async (alerts: readonly PostedAlert[]) => {
    await ask('POST', '/api/v2/alerts', alerts);
  };
  return {
    post,
    resolve: (labels) => post([{ labels, endsAt: new Date(Date.now() - 1).toISOString() }]),
    held: async () => JSON.parse(await ask('GET', '/api/v2/alerts')),
    silence: async (matchers) => {
      const answer = await ask('POST', '/api/v2/silences', {
        matchers: Object.entries(matchers).map(([name, value]) => ({
          name,
          value,
          isRegex: false,
          isEqual: true,
        })),
        startsAt: new Date().toISOString(),
        endsAt: new Date(Date.now() + 3_600_000).toISOString(),
        createdBy: 'test',
        comment: 'planned work',
      });
      return JSON.parse(answer).silenceID;
    },
    expire: async (id) => {
      await ask('DELETE', `/api/v2/silence/${id}`);
    },
    stop,
  };
}

async function running(file: string, port: number, args: readonly string[]) {
  const process = spawn(
    file,
    [...args, `--web.listen-address=127.0.0.1:${port}`, '--cluster.listen-address='],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let log = '';
  process.stderr.on('data', (data) => {
    log = (log + data).slice(-10_000);
  });
  const exited = once(process, 'close');
  const end = async () => {
    process.kill('SIGKILL');
    await exited;
  };
  try {
    const isReady = async () => (await fetch(`http://127.0.0.1:${port}/-/ready`)).ok;
    // An answer on the port may be that of another one, while this one ends for want of it.
    await pollUntil(async () => process.exitCode !== null || (await isReady()), {
      message: 'Alertmanager',
    });
    if (process.exitCode !== null) throw new Error(`it ended with ${process.exitCode}`);
  } catch (error) {
    await end();
    throw new Error(log, { cause: error });
  }
  return { port, end };
}

function withSinks(text: string, { sink, smarthost }: Omit<Options, 'timing'>): string {
  const config = parse(text);
  for (const { pagerduty_configs = [], email_configs = [] } of config.receivers) {
    for (const page of pagerduty_configs) page.url = `${sink}/pagerduty`;
    for (const mail of email_configs) Object.assign(mail, { smarthost, require_tls: false });
  }
  return stringify(config, { aliasDuplicateObjects: false });
}
