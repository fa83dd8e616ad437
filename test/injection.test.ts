import { execFile } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { runProgram, startOtlpReceiver } from '@bellwether/testkit';
import { beforeAll, describe, expect, test } from 'vitest';
import { consumerProject, copyPrograms } from './support/consumer-project.ts';
import { root } from './support/repository.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const apps = ['consumer-app.mjs', 'consumer-app.cjs'];
/** The app of somebody else, and the volume that is mounted into its container. */
let app = '';
let volume = '';
beforeAll(async () => {
  app = await consumerProject();
  await copyPrograms(app, apps);
  const image = await temporaryFolder('injection');
  await promisify(execFile)(
    process.execPath,
    ['scripts/chart/pack-injection.mjs', image, '--built'],
    { cwd: root },
  );
  // The operator's init container: cp -r /autoinstrumentation/. <volume>
  volume = await temporaryFolder('volume');
  cpSync(image, volume, { recursive: true });
});

const register = () => `--import ${pathToFileURL(join(volume, 'register.mjs'))}`;
/** What the operator appends to NODE_OPTIONS, whatever is in it. */
const appended = () => ` --require ${join(volume, 'autoinstrumentation.js')}`;

describe.each(apps)('%s without a flag of its own', (file) => {
  test("is measured when the OpenTelemetry operator's variables are set", async () => {
    const receiver = await startOtlpReceiver();
    const program = runProgram({
      file,
      cwd: app,
      timeoutMs: 120_000,
      env: {
        NODE_OPTIONS: `${register()}${appended()}`,
        OTEL_SERVICE_NAME: 'api',
        OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
        OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
        OTEL_RESOURCE_ATTRIBUTES:
          'service.namespace=bellwether,service.instance.id=shop.api-7d4.api,k8s.pod.name=api-7d4',
      },
    });
    expect(await program.exited, program.stderr).toEqual({ code: 0, signal: null });
    // Its own copies of the meters and of OpenTelemetry's API reach the SDK of the volume.
    expect(receiver.points('hits')).toMatchObject([{ value: 1 }]);
    const [request] = receiver.points('http.server.request.duration');
    expect(request).toMatchObject({
      count: 1,
      resource: {
        'service.name': 'api',
        'service.instance.id': 'shop.api-7d4.api',
        'k8s.pod.name': 'api-7d4',
      },
    });
    expect(receiver.points('http.client.request.duration')).toMatchObject([{ count: 1 }]);
  });

  test('says so when the container has a NODE_OPTIONS of its own, and runs', async () => {
    const program = runProgram({
      file,
      cwd: app,
      timeoutMs: 120_000,
      env: { NODE_OPTIONS: `--no-warnings${appended()}` },
    });
    expect(await program.exited, program.stderr).toEqual({ code: 0, signal: null });
    expect(program.stderr).toMatch(/Expected NODE_OPTIONS to have --import .* without telemetry/);
  });
});
