import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Two at least, on two cores as well: most of the time is waiting for servers, intervals and deadlines. See ADR 49. */
const maxWorkers = Math.max(2, availableParallelism() - 1);

const alias = [
  {
    find: /^@bellwether\/meters\/(conventions|presets|prometheus|runtime)$/,
    replacement: source('packages/meters/src/$1.ts'),
  },
  {
    find: /^@bellwether\/testkit\/(browser|fuzz)$/,
    replacement: source('packages/testkit/src/$1.ts'),
  },
  {
    find: /^@bellwether\/(admin|meters|mixin|testkit|cli|sdk)$/,
    replacement: source('packages/$1/src/index.ts'),
  },
];

const project = (root: string, name: string) => ({
  resolve: { alias },
  test: {
    name,
    root: source(root),
    include: ['src/**/*.test.ts', 'page/src/**/*.test.ts', 'test/**/*.test.ts'],
    maxWorkers,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});

const folders = (parent: string) =>
  readdirSync(source(parent), { withFileTypes: true }).filter((entry) => entry.isDirectory());

export default defineConfig({
  test: {
    projects: [
      ...folders('packages').map(({ name }) => project(`packages/${name}`, name)),
      ...folders('examples').map(({ name }) => project(`examples/${name}`, name)),
      {
        test: {
          name: 'repository',
          root: source('.'),
          include: ['test/**/*.test.ts', 'bench/**/*.test.mjs'],
          maxWorkers,
          testTimeout: 300_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
});
