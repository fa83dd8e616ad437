import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { generateMonitoring } from '../src/generate-monitoring.ts';
import type { DashboardJson } from './dashboard-lint/dashboard-json.ts';
import { specs } from './dashboard-lint/example-dashboards.ts';

interface AlertRule {
  readonly alert?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

describe.each(Object.keys(specs) as (keyof typeof specs)[])('alerts of the spec %s', (name) => {
  const files = generateMonitoring(specs[name]);
  const paths = new Set(files.map(({ path }) => path));
  const dashboards = new Map(
    files
      .filter(({ path }) => path.startsWith('grafana/dashboards/'))
      .map(({ text }) => JSON.parse(text) as DashboardJson)
      .map((dashboard) => [
        dashboard.uid ?? '',
        new Set(dashboard.templating.list?.map((variable) => variable.name)),
      ]),
  );
  const rules = files
    .filter(({ path }) => path.startsWith('prometheus/rules/'))
    .flatMap(({ text }) => parse(text).groups as readonly { readonly rules: AlertRule[] }[])
    .flatMap((group) => group.rules)
    .filter(({ alert }) => alert !== undefined);

  test('say how urgent they are, whose they are, what is wrong and where to read on', () => {
    expect(rules.length).toBeGreaterThan(30);
    for (const { alert, labels, annotations } of rules) {
      expect(labels?.severity, alert).toMatch(/^(critical|warning|info|none)$/);
      expect(labels?.team, alert).toMatch(/^(platform|service|business)$/);
      expect(Object.keys(annotations ?? {}), alert).toEqual([
        'summary',
        'description',
        'dashboard_url',
        'runbook_url',
      ]);
      expect(paths, alert).toContain(annotations?.runbook_url);
    }
  });

  test('lead to a dashboard that there is, and set variables that it has', () => {
    for (const { alert, annotations } of rules) {
      const [, uid = '', query = ''] =
        /^http:\/\/localhost:3000\/d\/([\w-]+)(?:\?(.*))?$/.exec(
          annotations?.dashboard_url ?? '',
        ) ?? [];
      expect([...dashboards.keys()], alert).toContain(uid);
      for (const [, variable] of query.matchAll(/(?:^|&)var-(\w+)=/g))
        expect([...(dashboards.get(uid) ?? [])], `${alert}: ${uid}`).toContain(variable);
      expect(query.replace(/(^|&)var-\w+=\{\{ \$labels\.\w+ \| urlquery \}\}/g, ''), alert).toBe(
        '',
      );
    }
  });
});
