import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { catalogOf } from '@bellwether/meters';
import { metricName } from '@bellwether/meters/prometheus';
import { runProgram } from '@bellwether/testkit';
import ts from 'typescript';
import { afterAll, describe, expect, test } from 'vitest';
import type { InstrumentDraft } from '../src/migrate/draft-instrument.ts';
import { migrate } from '../src/migrate/migrate.ts';
import { type Draft, renderDraft } from '../src/migrate/render-draft.ts';
import { shapes } from './migrate-shapes.ts';

const packageFolder = fileURLToPath(new URL('..', import.meta.url));
// Below the package, so that a draft finds @bellwether/meters.
const folder = mkdtempSync(join(packageFolder, 'test', '.migrate-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function draftOf(name: string): Draft {
  const files = Object.entries(shapes[name]?.files ?? {});
  const place = join(folder, name.replaceAll(/\W+/g, '-'));
  for (const [file, text] of files) {
    mkdirSync(dirname(join(place, file)), { recursive: true });
    writeFileSync(join(place, file), text);
  }
  return migrate({ cwd: place, files: [files[0]?.[0] as string], tenantLabels: [], scope: name });
}

function brief(draft: InstrumentDraft): string {
  const attributes = draft.attributes.map(
    ({ key, values, limit }) => `${key}=${values?.join('|') ?? limit}`,
  );
  return [
    draft.key,
    draft.kind,
    draft.name,
    JSON.stringify(draft.unit),
    ...(draft.hasTenant ? ['tenant'] : []),
    ...attributes,
    ...(draft.boundaries === undefined ? [] : [JSON.stringify(draft.boundaries)]),
  ].join(' ');
}

describe.each(Object.keys(shapes))('%s', (name) => {
  const { meters, unread = [] } = shapes[name] ?? { meters: [] };

  test('is read', () => {
    const draft = draftOf(name);
    expect(draft.instruments.map(brief)).toEqual(meters);
    const said = draft.unread.map(({ line, why }) => `${line} ${why}`);
    expect(said).toEqual(unread.map((pattern) => expect.stringMatching(pattern)));
  });

  test('a meter arrives under the name that it had, or says so', () => {
    const named = {
      counter: 'monotonic-sum',
      upDownCounter: 'other-sum',
      gauge: 'gauge',
      histogram: 'histogram',
    } as const;
    const { instruments } = draftOf(name);
    const told = instruments.map(({ from, notes }) => [
      from.name,
      notes.filter((note) => note.startsWith('arrives as ')),
    ]);
    expect(told).toEqual(
      instruments.map(({ kind, name: own, unit, from }) => {
        const arriving = metricName(own, unit, named[kind]);
        const isOther = arriving !== from.name;
        return [from.name, isOther ? [`arrives as ${arriving}, and was ${from.name}`] : []];
      }),
    );
  });
});

test('every draft compiles against @bellwether/meters, and is a catalog', async () => {
  const files = Object.keys(shapes).map((name, index) => {
    const file = join(folder, `draft-${index}.ts`);
    writeFileSync(file, renderDraft(draftOf(name)));
    return file;
  });
  const program = ts.createProgram(files, {
    strict: true,
    noEmit: true,
    noUnusedLocals: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: true,
    verbatimModuleSyntax: true,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2023,
  });
  const problems = ts
    .getPreEmitDiagnostics(program)
    .map(({ file, messageText }) => `${file?.fileName}: ${JSON.stringify(messageText)}`);
  expect(problems).toEqual([]);
  for (const file of files) {
    const { meters } = (await import(file)) as { readonly meters: object };
    expect(catalogOf(meters)?.instruments.length).toBeGreaterThan(0);
  }
}, 120_000);

test('the command prints the draft, and says on stderr how much of it is a guess', async () => {
  const place = mkdtempSync(join(tmpdir(), 'migrate-'));
  const [[file, text] = ['', '']] = Object.entries(shapes['named imports']?.files ?? {});
  writeFileSync(join(place, file), text);
  writeFileSync(join(place, 'package.json'), '{"name":"@acme/web"}');
  const run = async (...args: string[]) => {
    const program = runProgram({
      file: join(packageFolder, 'bin/bellwether.js'),
      args: ['migrate', ...args],
      cwd: place,
      timeoutMs: 120_000,
    });
    const { code } = await program.exited;
    return { code, stdout: program.stdout, stderr: program.stderr };
  };
  const { code, stdout, stderr } = await run(file, '--tenant-label', 'step');
  expect(stdout).toMatchInlineSnapshot(`
    "// A draft of a catalog, from metrics.ts by \`bellwether migrate\`.
    // What is marked as a guess comes from a name or from the uses in these files: look at it, then delete the mark.
    // \`tenant: false\` keeps the series of a metric that had no label for the tenant: delete it to have one each.
    import { counter, defineMeters, gauge, histogram, oneOf } from '@bellwether/meters';

    export const meters = defineMeters('web', {
      // metrics.ts:2 counter orders_placed_total
      // Look: the label tenant becomes tenant_id.
      ordersPlaced: counter('orders.placed', {
        description: 'Orders placed, as the shop\\'s own book has them',
        attributes: {
          status: oneOf('paid', 'declined'), // guess: the values in these files
        },
      }),

      // metrics.ts:7 gauge queue_size
      queueSize: gauge('queue.size', {
        description: 'Jobs waiting',
        tenant: false,
      }),

      // metrics.ts:8 histogram checkout_duration_seconds
      // Look: the label step becomes tenant_id.
      checkout: histogram('checkout.duration', {
        unit: 's', // guess
        description: 'Time to check out',
        boundaries: [0.1, 0.5, 1, 5],
      }),
    });
    "
  `);
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: '3 meters, 2 guesses, 0 not in the draft.\n',
  });

  const json = JSON.parse((await run(file, '--json')).stdout) as Record<string, unknown>;
  expect(Object.keys(json)).toEqual(['scope', 'files', 'instruments', 'unread', 'draft']);

  writeFileSync(join(place, 'none.js'), 'export const a = 1;\n');
  expect(await run('none.js')).toMatchObject({
    code: 1,
    stderr: 'Expected none.js to make metrics of prom-client, got none.\n',
  });
  expect(await run('missing.ts')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('[ERR_MIGRATE_FILE]'),
  });
  expect((await run()).code).toBe(2);
  rmSync(place, { recursive: true, force: true });
}, 300_000);
