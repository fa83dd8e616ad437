import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { root } from './support/repository.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const run = promisify(execFile);

interface Registry {
  readonly url: string;
  readonly asked: string[];
  /** Of a repository and tag, what is sent in place of its manifest. */
  readonly answers: Map<string, { status: number; digest?: string }>;
}

const manifestOf = (name: string) =>
  JSON.stringify({ mediaType: 'application/vnd.oci.image.index.v1+json', of: name });
const digestOf = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;

/** Speaks the distribution API as far as it is asked for manifests: with a token for everybody, as Docker Hub. */
async function startRegistry(): Promise<Registry> {
  const registry: Registry = { url: '', asked: [], answers: new Map() };
  const server = createServer((request, response) => {
    const url = new URL(`${request.url}`, registry.url);
    if (url.pathname === '/token') {
      response.end(JSON.stringify({ token: `for ${url.searchParams.get('scope')}` }));
      return;
    }
    const [, repository = '', tag = ''] =
      /^\/v2\/(.+)\/manifests\/([^/]+)$/.exec(url.pathname) ?? [];
    const name = `${repository}:${tag}`;
    const scope = `repository:${repository}:pull`;
    if (request.headers.authorization !== `Bearer for ${scope}`) {
      const challenge = `Bearer realm="${registry.url}/token",service="stand-in",scope="${scope}"`;
      response.writeHead(401, { 'www-authenticate': challenge }).end();
      return;
    }
    registry.asked.push(name);
    expect(request.headers.accept).toContain('application/vnd.oci.image.index.v1+json');
    const { status = 200, digest } = registry.answers.get(name) ?? {};
    const body = manifestOf(name);
    response
      .writeHead(status, { 'docker-content-digest': digest ?? digestOf(body) })
      .end(status === 200 ? body : '{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return Object.assign(registry, { url: `http://127.0.0.1:${port}` });
}

const names = ['docker.io', 'quay.io', 'ghcr.io'];
const pin = (url: string, output: string, ...args: readonly string[]) =>
  run(process.execPath, [
    join(root, 'scripts/compose-pin.mjs'),
    ...names.flatMap((name) => ['--registry', `${name}=${url}`]),
    ...['--output', output],
    ...args,
  ]);

test('every foreign image gets the digest of its manifest, ours its bases', async () => {
  const registry = await startRegistry();
  const output = join(await temporaryFolder('compose-pin'), 'compose.pinned.yaml');
  const { stdout } = await pin(registry.url, output);
  expect(stdout).toMatch(/\d+ images, \d+ changed/);
  const text = readFileSync(output, 'utf8');
  expect(text).toContain(`  prometheus:
    image: prom/prometheus:v3.15.0@${digestOf(manifestOf('prom/prometheus:v3.15.0'))}`);
  const node = /^ARG NODE=(\S+)$/m.exec(
    readFileSync(join(root, 'examples/shop/Dockerfile'), 'utf8'),
  );
  expect(text).toContain(`  shop:
    build:
      args:
        NODE: ${node?.[1]}@${digestOf(manifestOf(`library/${node?.[1]}`))}`);
  expect(text).not.toContain('bellwether/');
  const images = readFileSync(join(root, 'compose.yaml'), 'utf8').match(
    /^ {4}image: (?!bellwether).+$/gm,
  );
  expect(text.match(/^ {4}image: .+@sha256:[0-9a-f]{64}$/gm)).toHaveLength(images?.length ?? 0);
  expect((await pin(registry.url, output, '--check')).stdout).toContain('0 have another digest');
});

test('--check says where a tag has moved, and writes nothing', async () => {
  const registry = await startRegistry();
  const output = join(await temporaryFolder('compose-pin'), 'compose.pinned.yaml');
  const failed = await pin(registry.url, output, '--check').catch((error) => error);
  expect(failed.code).toBe(1);
  expect(failed.stdout).toContain('prom/prometheus:v3.15.0@sha256:');
  expect(() => readFileSync(output)).toThrow(/ENOENT/);
});

test.each([
  ['has no such tag', { status: 404 }],
  ['asked too often', { status: 429 }],
  ['got 500', { status: 500 }],
  ['and what it sent is sha256:', { status: 200, digest: `sha256:${'0'.repeat(64)}` }],
])(
  'one image for which the registry %s: one line, and nothing is written',
  async (says, answer) => {
    const registry = await startRegistry();
    registry.answers.set('prom/alertmanager:v0.31.1', answer);
    const output = join(await temporaryFolder('compose-pin'), 'compose.pinned.yaml');
    const failed = await pin(registry.url, output).catch((error) => error);
    expect(failed.code).toBe(1);
    const line = failed.stderr.trim().split('\n').at(-1);
    expect(line).toContain('prom/alertmanager:v0.31.1');
    expect(line).toContain(says);
    expect(line).toContain('Nothing was written');
    expect(() => readFileSync(output)).toThrow(/ENOENT/);
  },
);

test('a registry that can not be reached is named', async () => {
  const output = join(await temporaryFolder('compose-pin'), 'compose.pinned.yaml');
  const failed = await pin('http://127.0.0.1:9', output).catch((error) => error);
  expect(failed.code).toBe(1);
  expect(failed.stderr).toMatch(/docker\.io can not be reached \(.+\)\. Nothing was written/);
});

test('a wrong option is one line', async () => {
  const failed = await pin('nowhere', 'x').catch((error) => error);
  expect(failed.code).toBe(2);
  expect(failed.stderr).toMatch(/^Expected --registry to be NAME=URL, got docker\.io=nowhere/);
});
