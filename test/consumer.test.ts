import { join } from 'node:path';
import { runProgram, startOtlpReceiver } from '@bellwether/testkit';
import { beforeAll, describe, expect, test } from 'vitest';
import { consumerProject, copyPrograms } from './support/consumer-project.ts';
import { copiesIn } from './support/copies.ts';

const apps = ['consumer-app.mjs', 'consumer-app.cjs'];
let project = '';
beforeAll(async () => {
  project = await consumerProject();
  await copyPrograms(project, apps);
});

test('npm gives the consumer one copy of every OpenTelemetry package', () => {
  const { duplicates, names } = copiesIn(join(project, 'node_modules/.package-lock.json'));
  expect(duplicates).toEqual({});
  expect(names).toContain('@opentelemetry/api');
});

describe.each(apps)('five lines in %s', (app) => {
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
