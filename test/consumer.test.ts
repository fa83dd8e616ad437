import { execFile } from 'node:child_process';
import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { runProgram, startOtlpReceiver } from '@bellwether/testkit';
import { beforeAll, describe, expect, test } from 'vitest';
import { copiesIn } from './support/copies.ts';
import { pack } from './support/pack.ts';
import { publicPackages, root } from './support/repository.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const api = '@opentelemetry/api';
let project = '';

/** An empty project of a stranger, who installs what we would publish. */
beforeAll(async () => {
  const packages = publicPackages().filter(({ name }) => /\/(meters|sdk)$/.test(name));
  const tarballs = await pack(packages, await temporaryFolder('pack'));
  project = await temporaryFolder('consumer');
  await writeFile(join(project, 'package.json'), '{ "name": "consumer", "version": "3.2.1" }\n');
  await promisify(execFile)(
    'npm',
    [
      'install',
      '--prefer-offline',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      ...Object.values(tarballs),
      api,
    ],
    { cwd: project },
  );
  for (const app of ['consumer-app.mjs', 'consumer-app.cjs']) {
    await copyFile(join(root, 'test/programs', app), join(project, app));
  }
});

test('npm gives the consumer one copy of every OpenTelemetry package', () => {
  const { duplicates, names } = copiesIn(join(project, 'node_modules/.package-lock.json'));
  expect(duplicates).toEqual({});
  expect(names).toContain(api);
});

describe.each(['consumer-app.mjs', 'consumer-app.cjs'])('five lines in %s', (app) => {
  test('one flag sends HTTP and business metrics of a named service', async () => {
    const receiver = await startOtlpReceiver();
    const program = runProgram({
      file: app,
      cwd: project,
      imports: ['@bellwether/sdk/register'],
      env: { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url },
    });
    expect(await program.exited, program.stderr).toEqual({ code: 0, signal: null });
    expect(receiver.malformed).toEqual([]);

    const [hits] = receiver.points('hits');
    expect(hits).toMatchObject({ value: 1, unit: '{hit}', scope: { name: 'app' } });
    expect(hits?.resource).toMatchObject({
      'service.name': 'consumer',
      'service.version': '3.2.1',
      'service.instance.id': expect.stringMatching(/./),
    });
    expect(receiver.points('http.server.request.duration')).toMatchObject([
      { count: 1, unit: 's', attributes: { 'http.request.method': 'GET' } },
    ]);
    expect(receiver.points('http.client.request.duration')).toMatchObject([{ count: 1 }]);
  });
});
