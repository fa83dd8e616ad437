import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parse } from 'yaml';
import { ensureServer } from '../src/index.ts';
import { renderAlertmanagerConfig } from '../src/stack/render-alertmanager-config.ts';
import { renderPrometheusConfig } from '../src/stack/render-prometheus-config.ts';
import { stackFiles } from '../src/stack-files.ts';

const files = stackFiles();
let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'bellwether-glob-')), 'of [my] shop? \\d');
  mkdirSync(folder);
});
afterEach(() => rmSync(dirname(folder), { recursive: true, force: true }));

async function said(tool: 'promtool' | 'amtool', ...args: readonly string[]): Promise<string> {
  const { file } = await ensureServer(tool);
  return (await promisify(execFile)(file, args)).stdout;
}

test('Prometheus finds the rules below a path with brackets', async () => {
  const rulesFolder = join(folder, 'rules');
  cpSync(files.prometheusRules, rulesFolder, { recursive: true });
  const text = renderPrometheusConfig(readFileSync(files.prometheusConfig, 'utf8'), {
    addresses: new Map(),
    rulesFolder,
  });
  const config = join(folder, 'prometheus.yaml');
  writeFileSync(config, text);
  expect(await said('promtool', 'check', 'config', '--lint=none', config)).toMatch(
    /SUCCESS: [1-9]\d* rule files found/,
  );
});

test('Alertmanager finds its templates below a path with brackets', async () => {
  const templatesFolder = join(folder, 'templates');
  cpSync(join(dirname(files.alertmanagerConfig), 'templates'), templatesFolder, {
    recursive: true,
  });
  const { text } = renderAlertmanagerConfig(readFileSync(files.alertmanagerConfig, 'utf8'), {
    templatesFolder,
    secretsFolder: folder,
    hasFile: () => false,
  });
  const [glob] = parse(text).templates as readonly string[];
  const line = '--template.text={{ template "bellwether.line" . }}';
  const rendered = await said('amtool', 'template', 'render', `--template.glob=${glob}`, line);
  expect(rendered.trim()).not.toBe('');
});
