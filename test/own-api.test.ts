import { runProgram, startOtlpReceiver } from '@bellwether/testkit';
import { beforeAll, expect, test } from 'vitest';
import { consumerProject, copyPrograms, withApi } from './support/consumer-project.ts';

let project = '';
beforeAll(async () => {
  project = await consumerProject();
});

// The preload has a copy of the API in its bundle; see docs/decisions/0017-one-file-to-start.md
test.each(['1.10.0', '1.9.0'])(
  'an application with a copy %s of the API is served',
  async (version) => {
    const cwd = await withApi(project, version);
    await copyPrograms(cwd, ['own-api.mjs']);
    const receiver = await startOtlpReceiver();
    const program = runProgram({
      file: 'own-api.mjs',
      cwd,
      imports: ['@bellwether/sdk/register'],
      env: { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url },
    });
    expect(await program.exited, program.stderr).toEqual({ code: 0, signal: null });
    const [outer] = receiver.spans({ name: 'outer' });
    const [inner] = receiver.spans({ name: 'inner' });
    expect(outer?.spanId).toMatch(/^[\da-f]{16}$/);
    expect(inner).toMatchObject({ traceId: outer?.traceId, parentSpanId: outer?.spanId });
    expect(receiver.points('own.calls')).toMatchObject([
      { value: 2, attributes: { by: 'the API' } },
    ]);
  },
);
