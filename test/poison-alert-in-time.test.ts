import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './support/repository.ts';

/** Seconds of a duration of Prometheus: `15s`, `2m`. */
function seconds(text: string | undefined): number {
  const [, count, unit] = /^(\d+)(s|m)$/.exec(text ?? '') ?? [];
  if (count === undefined) throw new TypeError(`Expected a duration as 15s or 2m, got ${text}`);
  return Number(count) * (unit === 'm' ? 60 : 1);
}

const read = (file: string) => readFileSync(join(root, file), 'utf8');
const first = (file: string, pattern: RegExp) => pattern.exec(read(file))?.[1];

test('people are told within two minutes that a batch of points has died', () => {
  const prometheus = 'prometheus/prometheus.yaml';
  const waits = {
    scrape: seconds(first(prometheus, /scrape_interval: (\w+)/)),
    offset: seconds(first(prometheus, /rule_query_offset: (\w+)/)),
    evaluation: seconds(first(prometheus, /evaluation_interval: (\w+)/)),
    group: seconds(first('alertmanager/alertmanager.yaml', /^ {2}group_wait: (\w+)/m)),
  };
  const total = Object.values(waits).reduce((sum, wait) => sum + wait, 0);
  expect(total).toBeLessThan(120);
  const rules = read('prometheus/rules/pipeline-alerts.yaml').split('- alert: ');
  for (const name of ['OtlpRejected', 'CollectorSendFailing']) {
    const rule = rules.find((text) => text.startsWith(`${name}\n`));
    expect(rule).toContain('severity: warning');
    expect(rule).not.toMatch(/^\s+for:/m);
  }
});
