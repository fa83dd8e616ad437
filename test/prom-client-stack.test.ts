import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promQuery, startStack } from '@bellwether/cli';
import { type Program, pollUntil, runProgram } from '@bellwether/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from './support/repository.ts';

/** A registry of prom-client sent by the SDK, through the real Collector into the real Prometheus, beside the text that a scrape would get. */
const WAIT = { timeoutMs: 120_000, everyMs: 200 };
/** What a Prometheus adds to every series, by a scrape or from the resource. */
const OF_THE_TARGET = /^(__name__|job|instance|service_.*|deployment_.*)$/;

let dataDir: string;
let stack: Awaited<ReturnType<typeof startStack<'prometheus' | 'collector'>>>;
let program: Program;
let ask: (path: string) => Promise<string>;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'prom-client-'));
  stack = await startStack({ dataDir, services: ['prometheus', 'collector'] });
  program = runProgram({
    file: 'test/programs/prom-client.mjs',
    imports: ['@bellwether/sdk/register'],
    cwd: join(root, 'packages/sdk'),
    timeoutMs: 600_000,
    env: {
      OTEL_SERVICE_NAME: 'migrating',
      OTEL_EXPORTER_OTLP_ENDPOINT: stack.addresses.collectorHttp,
      OTEL_METRIC_EXPORT_INTERVAL: '1000',
    },
  });
  const [, port] = await program.waitForLine(/port (\d+)/);
  ask = async (path) => (await fetch(`http://127.0.0.1:${port}${path}`)).text();
}, 900_000);

afterAll(async () => {
  await program?.stop();
  await stack?.stop({ volumes: true });
  rmSync(dataDir, { recursive: true, force: true });
});

test('Prometheus has the names, labels and values of the text, and no others', async () => {
  const text = seriesOfText(await ask('/metrics'));
  expect(text.size).toBe(20);
  const arrived = await pollUntil(async () => {
    const series = await seriesInPrometheus([...text.keys()]);
    return series.size >= text.size && series;
  }, WAIT);
  expect(Object.fromEntries(arrived)).toEqual(Object.fromEntries(text));
}, 180_000);

test('a first increment counts, a reset is one, and what is gone is gone at once', async () => {
  const orders = 'orders_placed_total{job="migrating",status="paid"}';
  const value = async (query: string) =>
    (await promQuery(stack.addresses.prometheus, query))[0]?.value;
  await pollUntil(async () => (await value(`min_over_time(${orders}[10m])`)) === 0, WAIT);
  expect(await value(`resets(${orders}[10m])`)).toBe(0);

  await ask('/reset');
  await pollUntil(async () => (await value(`resets(${orders}[10m])`)) === 1, WAIT);
  expect(await value(orders)).toBe(1);

  await ask('/remove');
  const cart = 'carts_open{job="migrating",shop="one"}';
  expect(await value(`count_over_time(${cart}[10m])`)).toBeGreaterThan(0);
  await pollUntil(async () => (await value(cart)) === undefined, WAIT);
}, 400_000);

async function seriesInPrometheus(texts: readonly string[]): Promise<Map<string, number>> {
  const names = new Set(texts.map((text) => text.slice(0, text.indexOf('{'))));
  const samples = await promQuery(stack.addresses.prometheus, '{job="migrating"}');
  return new Map(
    samples
      .filter(({ labels }) => names.has(labels.__name__ ?? ''))
      .map(({ labels, value }) => [keyOf(labels.__name__ ?? '', Object.entries(labels)), value]),
  );
}

/** The series of the text format, with the labels that a scrape renames. */
function seriesOfText(text: string): Map<string, number> {
  const series = new Map<string, number>();
  for (const line of text.split('\n')) {
    const [, name, labels = '', value] =
      line.match(/^([A-Za-z_:][\w:]*)(?:\{(.*)\})? (\S+)$/) ?? [];
    if (name === undefined) continue;
    const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(
      ([, key = '', escaped = '']): [string, string] => [
        key === 'job' || key === 'instance' ? `exported_${key}` : key,
        escaped.replaceAll(/\\(.)/g, (_, sign: string) => (sign === 'n' ? '\n' : sign)),
      ],
    );
    series.set(keyOf(name, pairs), Number(value));
  }
  return series;
}

function keyOf(name: string, labels: readonly (readonly [string, string])[]): string {
  const own = labels.filter(([key]) => !OF_THE_TARGET.test(key)).sort();
  return `${name}{${own.map(([key, value]) => `${key}=${JSON.stringify(value)}`).join(',')}}`;
}
