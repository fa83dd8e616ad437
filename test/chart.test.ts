import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { runProgram } from '@bellwether/testkit';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { chart, helm, type KubernetesObject, renderChart, VALUES } from './support/helm-chart.ts';
import { kubernetesProblems } from './support/kubernetes-schemas.ts';
import { root } from './support/repository.ts';

const read = (file: string) => readFileSync(join(root, file), 'utf8');
let shop: readonly KubernetesObject[] = [];
// Helm is built once, like the servers.
beforeAll(async () => {
  shop = await renderChart(VALUES.shop);
}, 900_000);
const ofKind = (kind: string) => shop.filter((object) => object.kind === kind);

test('what the chart carries is what it was copied from: npm run generate', async () => {
  const program = runProgram({
    file: 'scripts/chart/copy-files.mjs',
    args: ['--check'],
    cwd: root,
    timeoutMs: 60_000,
  });
  expect((await program.exited).code, program.stderr).toBe(0);
});

describe.each(Object.entries(VALUES))('with the values %s', (_name, values) => {
  test('Helm finds nothing to complain of', async () => {
    expect(await helm('lint', '--strict', chart, ...values)).toContain('0 chart(s) failed');
  });

  test('every object is one of its API, with no field that the API does not know', async () => {
    const objects = await renderChart(values);
    expect(objects.length).toBeGreaterThan(30);
    expect(await kubernetesProblems(objects)).toEqual([]);
  });

  test('no name stands twice', async () => {
    const names = (await renderChart(values)).map(
      ({ kind, metadata }) => `${kind} ${metadata.name}`,
    );
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});

test('a mistake in an object would be found', async () => {
  const [collector] = ofKind('StatefulSet');
  const wrong = (changes: object) =>
    kubernetesProblems([{ ...collector, ...changes } as KubernetesObject]);
  const unknown = { spec: { ...collector?.spec, replica: 2 } };
  expect(await wrong(unknown)).toEqual([expect.stringContaining('"replica"')]);
  expect(await wrong({ spec: { ...collector?.spec, replicas: 'two' } })).not.toEqual([]);
  expect(await wrong({ kind: 'StatefullSet' })).not.toEqual([]);
});

test('rules are those of the repository, with its links and the offset of its Prometheus', () => {
  const { global } = parse(read('prometheus/prometheus.yaml'));
  for (const file of readdirSync(join(root, 'prometheus/rules'))) {
    const text = read(`prometheus/rules/${file}`)
      .replaceAll('http://localhost:3000', 'https://grafana.example.com')
      .replaceAll('runbook_url: docs/runbooks', 'runbook_url: https://runbooks.example.com');
    const groups = parse(text).groups.map((group: object) => ({
      ...group,
      query_offset: global.rule_query_offset,
    }));
    const name = `bellwether-${basename(file, '.yaml')}`;
    const rule = ofKind('PrometheusRule').find(({ metadata }) => metadata.name === name);
    expect(rule?.spec, file).toEqual({ groups });
    expect(rule?.metadata.labels).toMatchObject({ release: 'kube-prometheus-stack' });
  }
});

test('dashboards are those of the repository, in their folders', () => {
  const files = readdirSync(join(root, 'grafana/dashboards'), {
    recursive: true,
    encoding: 'utf8',
  }).filter((file) => file.endsWith('.json'));
  expect(files.length).toBeGreaterThan(10);
  for (const file of files) {
    const map = ofKind('ConfigMap').find(({ data }) => data?.[basename(file)] !== undefined);
    expect(map?.data?.[basename(file)], file).toBe(read(`grafana/dashboards/${file}`).trim());
    expect(map?.metadata.annotations).toEqual({ grafana_folder: dirname(file) });
    expect(map?.metadata.labels).toMatchObject({ grafana_dashboard: '1' });
  }
});

test('the Collector has the configuration of the repository', () => {
  const map = ofKind('ConfigMap').find(({ metadata }) => metadata.name === 'bellwether-collector');
  expect(map?.data?.['config.yaml']).toBe(read('collector/config.yaml'));
});

test('a Prometheus of the operator has the settings of the repository', async () => {
  const file = parse(read('prometheus/prometheus.yaml'));
  const all = await renderChart(VALUES.everything);
  expect(all.find(({ kind }) => kind === 'Prometheus')?.spec).toMatchObject({
    enableOTLPReceiver: true,
    otlp: {
      translationStrategy: file.otlp.translation_strategy,
      promoteResourceAttributes: file.otlp.promote_resource_attributes,
    },
    tsdb: { outOfOrderTimeWindow: file.storage.tsdb.out_of_order_time_window },
    exemplars: { maxSize: file.storage.exemplars.max_exemplars },
    retention: file.storage.tsdb.retention.time,
    retentionSize: file.storage.tsdb.retention.size,
    scrapeInterval: file.global.scrape_interval,
    evaluationInterval: file.global.evaluation_interval,
  });
});

test('the exporter of PostgreSQL is scraped as by the stack', () => {
  const jobs = parse(read('prometheus/prometheus.yaml')).scrape_configs as readonly {
    readonly job_name: string;
    readonly metric_relabel_configs?: readonly Record<string, unknown>[];
  }[];
  const wanted = jobs.find(({ job_name }) => job_name === 'postgres-exporter');
  const camel = wanted?.metric_relabel_configs?.map((step) =>
    Object.fromEntries(
      Object.entries(step).map(([name, value]) => [
        name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
        value,
      ]),
    ),
  );
  const monitor = ofKind('ServiceMonitor').find(({ metadata }) =>
    metadata.name.endsWith('postgres-exporter'),
  );
  expect(monitor?.spec).toMatchObject({ endpoints: [{ metricRelabelings: camel }] });
});

test('servers have the versions of compose.yaml', () => {
  const compose = parse(read('compose.yaml'), { merge: true }).services;
  const values = parse(read('charts/bellwether/values.yaml'));
  const of = ({ repository, tag }: { readonly repository: string; readonly tag: string }) =>
    `${repository}:${tag}`;
  expect(of(values.labelProxy.image)).toBe(compose['prom-label-proxy'].image);
  for (const name of ['postgres-exporter', 'redis-exporter'])
    expect(of(values.exporters[name].image)).toBe(compose[name].image);
  expect(of(values.prometheus.image)).toBe(compose.prometheus.image);
  expect(read('collector/Dockerfile')).toContain(of(values.collector.image));
});

test('a release fits into the Secret in which Helm keeps it', () => {
  // Helm stores the chart with its files and what was rendered, gzipped and as base64, in one object of at most 1 MiB.
  const files = readdirSync(chart, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)).toString('base64'));
  const stored = gzipSync(JSON.stringify([files, JSON.stringify(shop)])).toString('base64');
  expect(stored.length).toBeLessThan(700_000);
});

test.each([
  ['apps.shop.env.API_TOKEN=x', /API_TOKEN/],
  ['apps.shop.replicas=0', /replicas/],
  ['collector.memory=512', /memory/],
  ['collector.image.digest=sha256:12', /digest/],
  ['collector.image.tag=latest', /tag/],
  ['prometheus.url=prometheus:9090', /prometheus.*url/],
  ['prometheus.url=', /Expected prometheus.url/],
])('%s is refused, and the line says which value', async (value, line) => {
  const args = [...VALUES.shop, '--set', value];
  await expect(helm('template', 'bellwether', chart, ...args)).rejects.toThrow(line);
});
