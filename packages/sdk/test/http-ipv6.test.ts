import { startOtlpReceiver } from '@bellwether/testkit';
import { expect, test } from 'vitest';
import { completeWithSdk } from './run-with-sdk.ts';

test('an IPv6 address is one server for every client, without brackets', async () => {
  const receiver = await startOtlpReceiver();
  await completeWithSdk(receiver, { file: 'http-ipv6.mjs' });
  const points = receiver.points('http.client.request.duration');
  expect(points.map(({ attributes, count }) => [attributes['server.address'], count])).toEqual([
    ['::1', 3],
  ]);
  const urls = receiver.spans({ kind: 'client' }).map(({ attributes }) => attributes['url.full']);
  expect(urls).toEqual(Array(3).fill('http://[::1]:2/'));
});
