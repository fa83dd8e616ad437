import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { onFreePort } from './on-free-port.ts';
import { startPostgres } from './start-postgres.ts';
import { startRedis } from './start-redis.ts';

/** What `freePort` answers first: as if another process had taken the port right after. */
const answers: number[] = [];
vi.mock('./free-port.ts', async (load) => {
  const { freePort } = await load<typeof import('./free-port.ts')>();
  return { freePort: async () => answers.shift() ?? freePort() };
});

let stranger: Server;
let taken = 0;

beforeEach(async () => {
  stranger = createServer().listen(0, '127.0.0.1');
  await once(stranger, 'listening');
  taken = (stranger.address() as AddressInfo).port;
  answers.splice(0, Number.POSITIVE_INFINITY, taken);
});

afterEach(() => {
  stranger.close();
});

test.each([
  ['Redis', () => startRedis()],
  ['PostgreSQL', () => startPostgres()],
])('%s takes another port where somebody was faster', async (_, start) => {
  const { port } = await start();
  expect(answers).toEqual([]);
  expect(port).not.toBe(taken);
});

test('Redis on a port that was asked for and is taken says so at once', async () => {
  await expect(startRedis({ port: taken })).rejects.toThrow(/Address already in use/);
});

test('what fails for another reason is tried once', async () => {
  const start = vi.fn(() => Promise.reject(new Error('no such file')));
  await expect(onFreePort(start)).rejects.toThrow('no such file');
  expect(start).toHaveBeenCalledExactlyOnceWith(taken);
});

test('where every port is taken it gives up with the reason', async () => {
  const start = vi.fn(() => Promise.reject(new Error('listen EADDRINUSE')));
  await expect(onFreePort(start)).rejects.toThrow('EADDRINUSE');
  expect(start).toHaveBeenCalledTimes(5);
});
