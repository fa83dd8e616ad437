import { startOtlpReceiver } from '@bellwether/testkit';
import { expect, test } from 'vitest';
import { completeWithSdk } from './run-with-sdk.ts';

const file = 'http-private.mjs';
const headers = 'Authorization,cookie,x-request-id,referer,set-cookie,x-answer,x-badge';

function everything(receiver: Awaited<ReturnType<typeof startOtlpReceiver>>): string {
  return JSON.stringify([receiver.spans(), receiver.metrics(), receiver.logs()], (_, value) =>
    typeof value === 'bigint' ? String(value) : value,
  );
}

test('nothing private leaves by default', async () => {
  const receiver = await startOtlpReceiver();
  await completeWithSdk(receiver, { file, args: ['--password=planted'] });
  expect(receiver.spans({ kind: 'server' })).toHaveLength(2);
  expect(everything(receiver)).not.toContain('planted');
  expect(everything(receiver)).not.toContain('203.0.113.77');
  expect(receiver.spans({ kind: 'server' })[0]).toMatchObject({
    attributes: {
      'url.path': '/users/REDACTED/',
      'url.query': 'page=REDACTED&email=REDACTED&REDACTED',
      'client.address': '203.0.113.0',
    },
    resource: { 'process.pid': expect.any(Number) },
  });
});

test('what is allowed is shown, secrets are not', async () => {
  const receiver = await startOtlpReceiver();
  await completeWithSdk(receiver, {
    file,
    args: ['--verbose'],
    env: {
      BELLWETHER_QUERY_NAMES: 'page',
      BELLWETHER_CLIENT_ADDRESSES: 'true',
      BELLWETHER_COMMAND_ARGUMENTS: 'true',
      BELLWETHER_SECRET_NAMES: 'X-Badge',
      ...Object.fromEntries(
        ['SERVER_REQUEST', 'SERVER_RESPONSE', 'CLIENT_REQUEST', 'CLIENT_RESPONSE'].map((side) => [
          `OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_${side}`,
          headers,
        ]),
      ),
    },
  });
  expect(everything(receiver)).not.toContain('planted');
  const shown = {
    'http.request.header.authorization': ['REDACTED'],
    'http.request.header.cookie': ['REDACTED'],
    'http.request.header.x-request-id': ['r1'],
    'http.request.header.referer': ['http://a.example/?q=REDACTED'],
    'http.response.header.set-cookie': ['REDACTED'],
    'http.response.header.x-answer': ['yes'],
    'http.response.header.x-badge': ['REDACTED'],
  };
  for (const { kind, attributes } of receiver.spans()) {
    if (attributes['http.response.status_code'] !== 200) continue;
    expect(attributes, kind).toMatchObject(shown);
  }
  const [server] = receiver.spans({ kind: 'server' });
  expect(server?.attributes).toMatchObject({
    'url.query': 'page=2&email=REDACTED&REDACTED',
    'client.address': '203.0.113.77',
  });
  expect(server?.resource['process.command_args']).toContain('--verbose');
});
