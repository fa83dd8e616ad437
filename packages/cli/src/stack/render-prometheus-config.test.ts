import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { stackFiles } from '../stack-files.ts';
import { renderPrometheusConfig } from './render-prometheus-config.ts';

const committed = readFileSync(stackFiles().prometheusConfig, 'utf8');
const render = (addresses: Record<string, string>) =>
  parse(
    renderPrometheusConfig(committed, {
      addresses: new Map(Object.entries(addresses)),
      rulesFolder: '/rules $& here',
    }),
  );

test('targets, Alertmanager and rule files are this machine’s; all else is as committed', () => {
  const rendered = render({
    'prometheus:9090': '127.0.0.1:1',
    'collector:8888': '127.0.0.1:2',
    'alertmanager:9093': '127.0.0.1:3',
    'node-exporter:9100': '127.0.0.1:4',
  });
  expect(rendered.scrape_configs).toEqual([
    { job_name: 'prometheus', static_configs: [{ targets: ['127.0.0.1:1'] }] },
    { job_name: 'otel-collector', static_configs: [{ targets: ['127.0.0.1:2'] }] },
    { job_name: 'alertmanager', static_configs: [{ targets: ['127.0.0.1:3'] }] },
    { job_name: 'node-exporter', static_configs: [{ targets: ['127.0.0.1:4'] }] },
  ]);
  expect(rendered.alerting.alertmanagers).toEqual([
    { static_configs: [{ targets: ['127.0.0.1:3'] }] },
  ]);
  expect(rendered.rule_files).toEqual(['/rules $& here/*.yaml']);
  const { global, otlp, storage } = parse(committed);
  expect(rendered).toMatchObject({ global, otlp, storage });
});

test('rules look where the points of one export have arrived', () => {
  expect(render({}).global).toEqual({
    scrape_interval: '15s',
    evaluation_interval: '15s',
    rule_query_offset: '30s',
  });
});

test('what is not part of the stack is not scraped', () => {
  const rendered = render({ 'prometheus:9090': '127.0.0.1:1' });
  expect(rendered.scrape_configs.map((job: { job_name: string }) => job.job_name)).toEqual([
    'prometheus',
  ]);
  expect(rendered.alerting.alertmanagers).toEqual([]);
});

test('the settings of PostgreSQL that nobody asks for are dropped after the scrape', () => {
  const [job] = render({ 'postgres-exporter:9187': '127.0.0.1:5' }).scrape_configs;
  expect(job.metric_relabel_configs).toHaveLength(3);
});

test('a drill changes how often rules are evaluated, and nothing else', () => {
  const timing = { scrapeInterval: '1s', evaluationInterval: '2s', ruleQueryOffset: '0s' };
  const rendered = parse(
    renderPrometheusConfig(committed, { addresses: new Map(), rulesFolder: '/r', timing }),
  );
  expect(rendered.global).toEqual({
    scrape_interval: '1s',
    evaluation_interval: '2s',
    rule_query_offset: '0s',
  });
  expect(rendered.storage).toEqual(parse(committed).storage);
});

test('broken YAML throws', () => {
  expect(() => renderPrometheusConfig('a: [', { addresses: new Map(), rulesFolder: '/r' })).toThrow(
    /Flow sequence/,
  );
});
