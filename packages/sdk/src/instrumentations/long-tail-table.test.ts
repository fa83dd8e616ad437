import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { InstrumentationBase } from '@opentelemetry/instrumentation';
import { expect, test } from 'vitest';
import { longTail } from './long-tail-table.ts';

const require = createRequire(import.meta.url);
const metapackage = '@opentelemetry/auto-instrumentations-node';
const ours = ['http', 'express', 'undici', 'pg', 'redis', 'ioredis', 'mysql2', 'runtime-node'];

test('the table has every upstream instrumentation that is not ours', () => {
  const manifest = new URL('../package.json', pathToFileURL(require.resolve(metapackage)));
  const { dependencies } = JSON.parse(readFileSync(manifest, 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const upstream = Object.keys(dependencies)
    .map((name) => name.match(/^@opentelemetry\/instrumentation-(.+)$/)?.[1])
    .filter((name) => name !== undefined && !ours.includes(name));
  expect(longTail.map(({ name }) => name).sort()).toEqual(upstream.sort());
});

test.each(longTail)('$name watches the libraries that upstream patches', (row) => {
  const load = createRequire(require.resolve(metapackage));
  const { [row.className]: Class } = load(`@opentelemetry/instrumentation-${row.name}`) as Record<
    string,
    new (config: {
      enabled: boolean;
    }) => InstrumentationBase
  >;
  if (Class === undefined) throw new Error(`no ${row.className}`);
  if (row.libraries.length === 0) return;
  const patched = new Class({ enabled: false }).getModuleDefinitions().map(({ name }) => name);
  expect([...row.libraries].sort()).toEqual([...new Set(patched)].sort());
});
