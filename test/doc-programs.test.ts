import { metricName, type NamedKind } from '@bellwether/meters/prometheus';
import { type MetricPoint, runProgram, startOtlpReceiver } from '@bellwether/testkit';
import { describe, expect, test } from 'vitest';
import { docPages, docSnippets } from './support/doc-pages.ts';
import { type DocProgram, docPrograms, layOut } from './support/doc-programs.ts';

const OF_THE_COOKBOOK = /\b(?:commerce|saas|auth|cache|messaging|errors|support)_[a-z_]+/g;

/** Runs it as a reader would, with the preload unless it starts the SDK itself, and says what arrived. */
async function run({ page, file, code }: DocProgram): Promise<readonly MetricPoint[]> {
  const receiver = await startOtlpReceiver();
  const program = runProgram({
    file,
    cwd: await layOut(page),
    imports: code.includes('startSdk') ? [] : ['@bellwether/sdk/register'],
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, BELLWETHER_PREAMBLE: 'false' },
    timeoutMs: 280_000,
  });
  const exit = await program.exited;
  expect(exit, `${program.stdout}${program.stderr}`).toEqual({ code: 0, signal: null });
  expect(program.stderr).not.toMatch(/bellwether: |ERR_/);
  return receiver.metrics();
}

const others = docPrograms.filter(({ page }) => page !== 'docs/guides/cookbook.md');
const distinct = others.filter(
  ({ code }, index) => others.findIndex((other) => other.code === code) === index,
);

test.each(distinct)('$page:$line runs', async (program) => {
  await run(program);
});

test('few snippets are fragments that only types can check', () => {
  const snippets = docSnippets(/^(ts|js)$/);
  const fragments = snippets.filter(({ isFragment }) => isFragment);
  expect(docPrograms.length).toBeGreaterThanOrEqual(20);
  expect(fragments.map(({ page, line }) => `${page}:${line}`).length).toBeLessThanOrEqual(14);
});

describe('the cookbook', () => {
  const cookbook = docPages.find(({ path }) => path === 'docs/guides/cookbook.md');
  const recipes = (cookbook?.markdown ?? '').split(/^(?=## )/m).flatMap((markdown) => {
    const [, title = ''] = /^## (.+)$/m.exec(markdown) ?? [];
    const programs = docPrograms.filter(
      ({ page, code }) => page === cookbook?.path && markdown.includes(code),
    );
    const queries = docSnippets(/^promql$/, [{ path: title, markdown }]).map(({ code }) => code);
    return queries.length > 0 ? [{ title, programs, queries }] : [];
  });

  test.each(recipes)(
    '$title: what its queries ask for has arrived',
    async ({ programs, queries }) => {
      expect(programs.length).toBeGreaterThan(0);
      const points = (await Promise.all(programs.map(run))).flat();
      const arrived = new Set(points.map(prometheusName));
      const asked = queries.join('\n').match(OF_THE_COOKBOOK) ?? [];
      const names = asked.map((name) => name.replace(/_(bucket|count|sum)$/, ''));
      expect(names.length).toBeGreaterThan(0);
      expect([...new Set(names)].filter((name) => !arrived.has(name))).toEqual([]);
    },
  );
});

function prometheusName({ name, unit, ...point }: MetricPoint): string {
  return metricName(name, unit, kindOf(point));
}

function kindOf(point: Omit<MetricPoint, 'name' | 'unit'>): NamedKind {
  if (point.kind === 'sum') return point.monotonic ? 'monotonic-sum' : 'other-sum';
  return point.kind === 'gauge' ? 'gauge' : 'histogram';
}
