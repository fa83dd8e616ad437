import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { catalogOf, defineMeters } from '@bellwether/meters';
import { auth, cache, commerce, errors, messaging, saas } from '@bellwether/meters/presets';
import { generateMonitoring } from '@bellwether/mixin';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { ensureServer } from '../src/index.ts';
import { stackFiles } from '../src/stack-files.ts';

const run = promisify(execFile);
const config = stackFiles().alertmanagerConfig;
let amtool: string;

beforeAll(async () => {
  amtool = (await ensureServer('amtool')).file;
}, 600_000);

/** Throws unless an alert with these labels goes to exactly this receiver. */
async function goesTo(receiver: string, labels: Readonly<Record<string, string>>) {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
  const args = ['config', 'routes', 'test', `--config.file=${config}`];
  const { stdout } = await run(amtool, [...args, `--verify.receivers=${receiver}`, ...pairs]);
  expect(stdout.trim()).toBe(receiver);
}

test('amtool finds no mistake in configuration and templates', async () => {
  const { stdout, stderr } = await run(amtool, ['check-config', config]);
  expect(stdout + stderr).toMatch(/SUCCESS/);
  expect(stdout + stderr).not.toMatch(/FAILED/);
});

const cases = [
  ['page-platform', { alertname: 'A', severity: 'critical', team: 'platform' }],
  ['page-service', { alertname: 'A', severity: 'critical', team: 'service' }],
  ['page-business', { alertname: 'A', severity: 'critical', team: 'business' }],
  ['ticket-platform', { alertname: 'A', severity: 'warning', team: 'platform' }],
  ['ticket-service', { alertname: 'A', severity: 'warning', team: 'service' }],
  ['ticket-business', { alertname: 'A', severity: 'warning', team: 'business' }],
  ['notifications', { alertname: 'A', severity: 'info', team: 'service' }],
  ['nobody', { alertname: 'A', severity: 'none', team: 'platform' }],
  ['heartbeat', { alertname: 'Watchdog', severity: 'none', team: 'platform' }],
  // Nobody's mistake keeps an alert from people.
  ['page-platform', { alertname: 'A', severity: 'critical' }],
  ['page-platform', { alertname: 'A', severity: 'critical', team: 'unheard-of' }],
  ['ticket-platform', { alertname: 'A', severity: 'warning', team: 'unheard-of' }],
  ['notifications', { alertname: 'A' }],
  ['notifications', { alertname: 'A', severity: 'Critical', team: 'service' }],
  // Nor may a tenant's own labels lead an alert elsewhere.
  ['page-service', { alertname: 'A', severity: 'critical', team: 'service', receiver: 'nobody' }],
  ['page-service', { alertname: 'A', severity: 'critical', team: 'service', tenant_id: 'nobody' }],
] as const;
test.for(cases)('goes to %s: %j', ([receiver, labels]) => goesTo(receiver, labels));

test('every route and every receiver has a case', () => {
  interface Route {
    readonly receiver: string;
    readonly routes?: readonly Route[];
  }
  const below = (route: Route): readonly Route[] => [route, ...(route.routes ?? []).flatMap(below)];
  const { route, receivers } = parse(readFileSync(config, 'utf8'));
  const routes = below(route);
  const asked = new Set<string>(cases.map(([receiver]) => receiver));
  expect(routes.map(({ receiver }) => receiver).filter((name) => !asked.has(name))).toEqual([]);
  expect(
    receivers.map(({ name }: { name: string }) => name).filter((name: string) => !asked.has(name)),
  ).toEqual([]);
  process.stdout.write(
    `amtool: ${routes.length} routes to ${receivers.length} receivers, ${cases.length} cases and each generated alert\n`,
  );
});

describe('the alerts that we generate', () => {
  interface Rule {
    readonly alert?: string;
    readonly labels: Readonly<Record<string, string>>;
  }
  const presets = { ...commerce, ...saas, ...auth, ...cache, ...errors, ...messaging };
  const catalog = catalogOf(defineMeters('routes', presets));
  if (catalog === undefined) throw new TypeError('Expected a catalog of the presets, got none');
  const files = generateMonitoring({
    catalogs: [catalog],
    objectives: [{ service: 'shop', availability: 0.999 }],
  });
  const alerts = files
    .filter(({ path }) => path.startsWith('prometheus/rules/'))
    .flatMap(({ text }) => parse(text).groups as readonly { readonly rules: readonly Rule[] }[])
    .flatMap(({ rules }) => rules.filter(({ alert }) => alert !== undefined));
  const names = new Set(alerts.map(({ alert }) => alert));

  test('each goes where its severity and team say', async () => {
    expect(names.size).toBeGreaterThan(30);
    const kinds: Readonly<Record<string, string>> = { critical: 'page', warning: 'ticket' };
    for (const { alert = '', labels } of alerts) {
      const { severity = '', team } = labels;
      const receiver =
        alert === 'Watchdog'
          ? 'heartbeat'
          : severity in kinds
            ? `${kinds[severity]}-${team}`
            : 'notifications';
      await goesTo(receiver, { alertname: alert, ...labels });
    }
  }, 120_000);

  test('inhibition names alerts that exist', () => {
    const { inhibit_rules } = parse(readFileSync(config, 'utf8'));
    const matchers: readonly string[] = inhibit_rules.flatMap(
      (rule: { source_matchers: string[]; target_matchers: string[] }) => [
        ...rule.source_matchers,
        ...rule.target_matchers,
      ],
    );
    const named = matchers.flatMap((matcher) =>
      alternatives(/^alertname=~?"?(.+?)"?$/.exec(matcher)?.[1] ?? ''),
    );
    expect(named.length).toBeGreaterThan(20);
    const unknown = named.filter(
      (name) => ![...names].some((one) => new RegExp(`^(?:${name})$`).test(one ?? '')),
    );
    expect(unknown).toEqual([]);
  });
});

/** Each name that a matcher has, groups written out: `a(b|c)|d` has `ab`, `ac` and `d`. */
function alternatives(matcher: string): string[] {
  const group = /^(.*?)\(([^()]*)\)(.*)$/.exec(matcher);
  if (group === null) return matcher.split('|').filter((name) => name !== '');
  const [, before = '', inner = '', after = ''] = group;
  const head = before.lastIndexOf('|') + 1;
  const tail = /^[^|]*/.exec(after)?.[0] ?? '';
  return [
    ...alternatives(before.slice(0, head)),
    ...inner.split('|').flatMap((one) => alternatives(`${before.slice(head)}${one}${tail}`)),
    ...alternatives(after.slice(tail.length)),
  ];
}
