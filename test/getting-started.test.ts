import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { pollUntil } from '@bellwether/testkit';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { docPages } from './support/doc-pages.ts';
import { packageRegistry } from './support/package-registry.ts';
import { type Snippet, snippetsOf } from './support/snippets.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

// docs/guides/getting-started.md, followed to the letter in an empty folder outside of the repository. What is not to the letter is said where it is done.
const PAGE = 'docs/guides/getting-started.md';
const DEADLINE_MS = 400_000;
const markdown = docPages.find(({ path }) => path === PAGE)?.markdown ?? '';
const followed = snippetsOf(markdown.split('## From a clone')[0] ?? '');

let registry: Awaited<ReturnType<typeof packageRegistry>> | undefined;
beforeAll(async () => {
  registry = await packageRegistry();
});
afterAll(() => registry?.close());

test('a newcomer gets from an empty folder to two tenants in Prometheus', {
  timeout: 2 * DEADLINE_MS,
}, async () => {
  const start = await temporaryFolder('newcomer');
  // Ports that people know may be taken here: the app, its page and the Collector listen on others.
  const [app, page, collector] = [await quietPort(), await quietPort(), await quietPort()];
  const here = (text: string) =>
    text
      .replaceAll('3000', String(app))
      .replaceAll('9464', String(page))
      .replaceAll('--ports standard', `--ports collectorHttp=${collector}`)
      // This machine may have much else to do.
      .replaceAll(/--wait \w+/g, '--wait 5m')
      .replaceAll('bellwether doctor', 'bellwether doctor --timeout 5m');
  const env = {
    ...(await newcomersEnvironment(start, registry?.url ?? '')),
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${collector}`,
  };
  let cwd = start;
  onTestFinished(async () => {
    await shell('npx bellwether stack down --volumes || true', cwd, env);
  });

  let output = '';
  for (const { language, code } of followed) {
    if (language === 'js') await writeFile(join(cwd, fileOf(code)), here(code));
    else if (language === 'text') expectLines(output, code);
    else if (/\bnpm start$/.test(code)) await startedApp(here(code), cwd, env);
    else {
      const ended = await shell(here(code), cwd, env);
      output = ended.output;
      expect(ended.code, `${code}\n${output}`).toBe(0);
      const [, folder] = /^mkdir \S+ && cd (\S+)$/m.exec(code) ?? [];
      if (folder !== undefined) cwd = join(cwd, folder);
    }
  }
});

test('the page is followed whole', () => {
  const languages = followed.map(({ language }: Snippet) => language);
  expect(languages.filter((language) => language === 'sh').length).toBeGreaterThanOrEqual(6);
  expect([...new Set(languages)].sort()).toEqual(['js', 'sh', 'text']);
});

/** `// app.js`, the first line. */
const fileOf = (code: string) => /^\/\/ ([\w-]+\.js)\n/.exec(code)?.[1] ?? 'unnamed.js';

/** Each line of what the page shows is a line of what was printed; `...` stands for anything. */
function expectLines(output: string, shown: string): void {
  for (const line of shown.split('\n')) {
    const parts = line
      .trim()
      .split('...')
      .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    expect(output).toMatch(new RegExp(`^${parts.join('.*')}\\s*$`, 'm'));
  }
}

/** The environment of somebody who has Node.js and npm, and for whom npm has our packages. */
async function newcomersEnvironment(folder: string, registryUrl: string) {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|INIT_CWD|OTEL_|BELLWETHER_|VITEST|NODE_OPTIONS|NODE_ENV)/.test(name),
  );
  const config = process.env.npm_config_userconfig ?? join(homedir(), '.npmrc');
  const given = existsSync(config) ? readFileSync(config, 'utf8') : '';
  const npmrc = join(folder, 'npmrc');
  await writeFile(npmrc, `${given}\n@bellwether:registry=${registryUrl}\n`);
  return {
    ...Object.fromEntries(own),
    PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
    npm_config_userconfig: npmrc,
    npm_config_prefer_offline: 'true',
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    ...(process.env.npm_config_cache && { npm_config_cache: process.env.npm_config_cache }),
    ...(process.env.npm_config_registry && {
      npm_config_registry: process.env.npm_config_registry,
    }),
  };
}

async function shell(code: string, cwd: string, env: NodeJS.ProcessEnv) {
  const child = spawn('bash', ['-euo', 'pipefail', '-c', code], { cwd, env, timeout: DEADLINE_MS });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk;
    });
  const [exitCode] = (await once(child, 'exit')) as [number | null];
  return { code: exitCode, output };
}

/** Started as the page says, in a terminal of its own, and ended by Ctrl-C when the test is over. */
async function startedApp(code: string, cwd: string, env: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn('bash', ['-c', code], { cwd, env, detached: true });
  const ended = once(child, 'exit');
  onTestFinished(async () => {
    if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGINT');
    await ended;
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk;
    });
  const state = () =>
    child.exitCode === null ? said.includes('listening on') && 'listens' : 'has ended';
  expect(await pollUntil(state, { timeoutMs: DEADLINE_MS }), said).toBe('listens');
}

/** A port below those that the system gives out by itself, so that nobody else gets it in the meantime. */
async function quietPort(): Promise<number> {
  for (;;) {
    const port = 15_000 + Math.floor(Math.random() * 15_000);
    const server = createServer().listen(port, '127.0.0.1');
    const [event] = await Promise.race([
      once(server, 'listening').then(() => ['listening'] as const),
      once(server, 'error').then(() => ['error'] as const),
    ]);
    if (event === 'error') continue;
    server.close();
    await once(server, 'close');
    return port;
  }
}
