import { expect, test } from 'vitest';
import { readConfig } from './config/read-config.ts';
import { readStandard } from './config/read-standard.ts';
import { preamble } from './preamble.ts';

test('one line of JSON, without secrets', () => {
  const env = {
    BELLWETHER_TENANT_ALLOW_LIST: 'secret-customer',
    BELLWETHER_TENANT_BUDGET: '7',
    OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20s3cret',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'https://user:s3cret@collector:4318/x?key=s3cret',
    OTEL_RESOURCE_ATTRIBUTES: 'team=s3cret',
  };
  const line = preamble(readConfig(env).config, readStandard(env).settings, {
    'service.name': 'shop',
    'process.command_args': ['node', '--password=s3cret'],
  });
  expect(line).not.toMatch(/s3cret|secret-customer|\n/);
  expect(JSON.parse(line)).toMatchObject({
    msg: 'bellwether started',
    node: process.version,
    resource: { 'service.name': 'shop' },
    config: {
      BELLWETHER_TENANT_ALLOW_LIST: '[redacted]',
      BELLWETHER_TENANT_BUDGET: 7,
      OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector:4318/x',
      OTEL_EXPORTER_OTLP_HEADERS: '[redacted]',
    },
  });
});
