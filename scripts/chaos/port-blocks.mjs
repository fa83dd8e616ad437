import { createServer } from 'node:net';

/**
 * Below what kernels give to outgoing connections and to those that ask for any port (Linux from 32768, others from 49152): a server
 * that is away for ten minutes finds its port free, and nobody reaches another stack's server by it meanwhile.
 */
const lowest = 20_000;
const highest = 32_000;
const size = 50;
const tries = 200;
const ofStack = [
  'postgres',
  'redis',
  'prometheus',
  'prometheusInner',
  'alertmanager',
  'collectorGrpc',
  'collectorHttp',
  'collectorHealth',
  'collectorMetrics',
  'promLabelProxy',
  'nodeExporter',
  'postgresExporter',
  'redisExporter',
  'mysqlExporter',
];

/** Ports on loopback for so many stacks, no two the same: those of the stack by name, of the notification service, and of each replica by its number. */
export async function portBlocks(count) {
  const bases = new Set();
  for (let tried = 0; bases.size < count; tried += 1) {
    if (tried === tries)
      throw new Error(
        `Expected ${count} times ${size} free ports in a row from ${lowest} to ${highest}, got ${bases.size}; end what listens there`,
      );
    const base = lowest + size * Math.floor(Math.random() * ((highest - lowest) / size));
    if (!bases.has(base) && (await areFree(base))) bases.add(base);
  }
  return [...bases].map(blockAt);
}

function blockAt(base) {
  const replicas = base + ofStack.length + 1;
  return {
    stack: Object.fromEntries(ofStack.map((name, index) => [name, base + index])),
    notifications: base + ofStack.length,
    replica(number) {
      if (replicas + number >= base + size)
        throw new Error(`Expected at most ${size - ofStack.length - 2} replicas, got ${number}`);
      return replicas + number;
    },
  };
}

async function areFree(base) {
  const ports = Array.from({ length: size }, (_, index) => base + index);
  return (await Promise.all(ports.map(isFree))).every(Boolean);
}

function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      server.close(() => resolve(true));
    });
  });
}
