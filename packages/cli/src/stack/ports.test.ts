import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { freePort } from '@bellwether/testkit';
import { expect, test } from 'vitest';
import { choosePorts } from './ports.ts';

test('every port of the chosen services, all different', async () => {
  const ports = await choosePorts(['collector', 'redis']);
  expect(Object.keys(ports).sort()).toEqual(
    ['collectorGrpc', 'collectorHealth', 'collectorHttp', 'collectorMetrics', 'redis'].sort(),
  );
  expect(new Set(Object.values(ports)).size).toBe(5);
});

test('a given port is kept', async () => {
  const redis = await freePort();
  expect(await choosePorts(['redis'], { redis })).toEqual({ redis });
});

test('a given port in use is an error that names it', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  try {
    await expect(choosePorts(['redis'], { redis: port })).rejects.toMatchObject({
      code: 'ERR_PORT_IN_USE',
      message: expect.stringContaining(`port ${port} for redis to be free`),
    });
  } finally {
    server.close();
  }
});

test('the same port given twice is an error', async () => {
  const port = await freePort();
  await expect(
    choosePorts(['redis', 'prometheus'], { redis: port, prometheus: port }),
  ).rejects.toMatchObject({ code: 'ERR_PORT_IN_USE' });
});
