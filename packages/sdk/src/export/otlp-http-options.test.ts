import { afterEach, expect, test, vi } from 'vitest';
import { readStandard } from '../config/read-standard.ts';
import { otlpHttpOptions } from './otlp-http-options.ts';

afterEach(() => vi.unstubAllEnvs());

test.each([
  [{ OTEL_EXPORTER_OTLP_COMPRESSION: 'GZIP' }, 'gzip'],
  [
    { OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip', OTEL_EXPORTER_OTLP_TRACES_COMPRESSION: 'None' },
    'none',
  ],
  [
    { OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip', OTEL_EXPORTER_OTLP_TRACES_COMPRESSION: 'zip' },
    'gzip',
  ],
  [{}, 'none'],
])('%o: compression is %s', (env, compression) => {
  for (const [variable, value] of Object.entries(env)) vi.stubEnv(variable, value);
  const { settings } = readStandard(process.env);
  expect(otlpHttpOptions('TRACES', 'http/protobuf', settings).compression).toBe(compression);
});
