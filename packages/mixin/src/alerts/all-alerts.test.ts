import { describe, expect, test } from 'vitest';
import { resolveSpec } from '../resolve-spec.ts';
import { alertLabels, alertRule } from '../rules/alert-rule.ts';
import { scaledDuration } from '../spec/duration.ts';
import { everything } from '../test-spec.ts';
import type { Alert } from './alert.ts';
import { allAlerts } from './all-alerts.ts';

const spec = resolveSpec(everything);
const alerts = allAlerts(spec).flatMap((area) => area.alerts);
const ofDrill = allAlerts(resolveSpec({ ...everything, timeScale: 20 })).flatMap(
  (area) => area.alerts,
);
const nameOf = ({ name, severity }: Alert) => `${name} (${severity})`;

test('a name and severity is said once, and severities of one name share a runbook', () => {
  expect(new Set(alerts.map(nameOf)).size).toBe(alerts.length);
  for (const { name, runbook } of alerts)
    expect(alerts.filter((other) => other.name === name).map((other) => other.runbook)).toEqual(
      expect.arrayContaining([runbook]),
    );
});

test('few alerts wake somebody up', () => {
  const paging = alerts.filter(({ severity }) => severity === 'critical');
  expect(paging.length).toBeLessThan(alerts.length / 2);
});

test('a drill divides durations; only how long a silence may be stays', () => {
  expect(ofDrill.map(nameOf)).toEqual(alerts.map(nameOf));
  for (const [i, alert] of alerts.entries()) {
    const quick = ofDrill[i] as Alert;
    expect(quick.for, alert.name).toBe(scaledDuration(alert.for, 20));
    const kept = alert.keepFiringFor && scaledDuration(alert.keepFiringFor, 20);
    expect(quick.keepFiringFor, alert.name).toBe(kept);
    const real = ranges(alert.expr);
    const short = ranges(quick.expr);
    expect(short.length, alert.name).toBe(real.length);
    for (const [j, range] of short.entries())
      expect([real[j], scaledDuration(real[j] ?? '', 20)], alert.name).toContain(range);
    if (real.length > 0) expect(quick.expr, alert.name).not.toBe(alert.expr);
  }
});

describe.each(alerts.map((alert) => [nameOf(alert), alert] as const))('%s', (_, alert) => {
  test('has a name, a summary of one line and a description', () => {
    expect(alert.name).toMatch(/^[A-Z][A-Za-z0-9]+$/);
    expect(alert.summary).toMatch(/^[^\n]{20,200}$/);
    expect(alert.description).toMatch(/^[^\n]{40,600}$/);
    // It writes a third of something as 333.3m.
    expect(alert.summary).not.toMatch(/\| humanize \}/);
  });

  test('fires in at least one case and stays silent in at least one', () => {
    expect(alert.tests.filter(({ fires }) => fires.length > 0)).not.toEqual([]);
    expect(alert.tests.filter(({ fires }) => fires.length === 0)).not.toEqual([]);
  });

  test('names labels that it has', () => {
    const { annotations } = alertRule(alert, spec);
    const used = [
      ...Object.values(annotations)
        .join(' ')
        .matchAll(/\$labels\.(\w+)/g),
    ];
    for (const { fires } of alert.tests)
      for (const labels of fires)
        expect(Object.keys({ ...alertLabels(alert), ...labels })).toEqual(
          expect.arrayContaining(used.map(([, label]) => label)),
        );
  });

  test('has a runbook with four sections of substance', () => {
    const { symptom, meaning, look, mend } = alert.runbook;
    for (const section of [symptom, meaning, look, mend])
      expect(section.length).toBeGreaterThan(40);
    expect(look).toMatch(/`/);
    expect(mend).toMatch(/^(1\.|-) /m);
  });
});

/** The ranges, offsets and steps of an expression. */
function ranges(expr: string): string[] {
  return [...expr.matchAll(/\[([\d:smhdwy]+)\]|\boffset (\w+)/g)].flatMap(([, range, offset]) =>
    (range ?? offset ?? '').split(':').filter((one) => one !== ''),
  );
}
