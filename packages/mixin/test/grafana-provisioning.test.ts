import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const datasources = read('grafana/provisioning/datasources/prometheus.yaml');
const dashboards = read('grafana/provisioning/dashboards/bellwether.yaml');
const guide = read('docs/guides/grafana.md');

test('data sources have stable uids and no address of their own', () => {
  const { datasources: list } = parse(datasources);
  expect(list.map(({ uid, type, url }: Record<string, string>) => [uid, type, url])).toEqual([
    ['bellwether-prometheus', 'prometheus', '$BELLWETHER_PROMETHEUS_URL'],
    ['bellwether-alertmanager', 'alertmanager', '$BELLWETHER_ALERTMANAGER_URL'],
  ]);
  expect(list[0].jsonData).toMatchObject({
    httpMethod: 'POST',
    alertmanagerUid: list[1].uid,
    exemplarTraceIdDestinations: [{ name: 'trace_id' }],
  });
});

test('dashboards come from files, in the folders of the files', () => {
  const [provider] = parse(dashboards).providers;
  expect(provider).toMatchObject({
    type: 'file',
    allowUiUpdates: false,
    options: { path: '$BELLWETHER_DASHBOARDS', foldersFromFilesStructure: true },
  });
});

test('the guide names every variable that Grafana needs', () => {
  const names = `${datasources}${dashboards}`.match(/BELLWETHER_[A-Z_]+/g);
  expect([...new Set(names)].filter((name) => !guide.includes(`\`${name}\``))).toEqual([]);
});
