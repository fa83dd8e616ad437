import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ensureServer } from '@bellwether/cli';
import { generateMonitoring, resolveSpec } from '@bellwether/mixin';
import { expect, test } from 'vitest';
import monitoring from '../examples/monitoring.ts';
import { fillTemplate } from '../packages/admin/src/ask/fill-template.ts';
import * as alerts from '../packages/mixin/src/queries/alert-queries.ts';
import * as business from '../packages/mixin/src/queries/business-queries.ts';
import { highestAmountOfDay } from '../packages/mixin/src/queries/hourly-queries.ts';
import { mrr, planMix } from '../packages/mixin/src/queries/subscription-queries.ts';
import { ruleScope } from '../packages/mixin/src/query/query-scope.ts';
import { type RuleSuite, replica, series } from './support/rule-suite.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

// Production and staging have the same services and the same tenants.

const spec = resolveSpec(monitoring);
const scope = ruleScope('5m', 'classic');
const acme = { ...replica('a'), tenant_id: 'acme' };
const staging = { deployment_environment_name: 'staging', instance: 's' };

test('what every replica reports alike counts once in each environment', async () => {
  const gauge = (name: string, labels: Record<string, string> = {}) => ({
    [series(name, { ...acme, ...labels })]: '10x10',
    [series(name, { ...acme, ...labels, instance: 'b' })]: '10x10',
    [series(name, { ...acme, ...labels, ...staging })]: '3x10',
  });
  const recorded = 'job_tenant:saas_mrr:max1h';
  await expectValues(
    {
      ...gauge('commerce_carts_open'),
      ...gauge('commerce_stock', { category: 'tea' }),
      ...gauge('auth_sessions_active'),
      ...gauge('saas_subscriptions', { plan: 'pro' }),
      ...gauge('saas_mrr', { currency: 'JPY' }),
      ...gauge(recorded, { currency: 'JPY' }),
    },
    [
      [business.cartsOpen(spec, scope), 13],
      [business.stock(spec, scope, ['category']), 13],
      [business.sessionsActive(spec, scope, ['tenant_id']), 13],
      [business.cartsOpen(spec, scope, ['deployment_environment_name']), 13],
      [planMix(spec, scope), 13],
      [mrr(spec, scope), 13],
      [highestAmountOfDay(spec, 'saas.mrr', ['tenant_id!=""']), 13],
    ],
  );
});

test('alerts are counted in the environment that is chosen, with those that name none', async () => {
  const firing = (name: string, environment: string, severity = 'critical') => ({
    [series('ALERTS', {
      ...{ alertname: name, alertstate: 'firing', severity, job: 'bellwether/shop' },
      ...(environment !== '' && { deployment_environment_name: environment }),
    })]: '1x10',
  });
  const onPage = (query: string, environment?: string) =>
    fillTemplate(query, environment === undefined ? {} : { environment }, { window: 1, range: 1 });
  const onBoard = (query: string, environment: string) =>
    query.replaceAll('$environment', environment).replaceAll('$job', '.*');
  const critical = alerts.firingCountOfPage('critical');
  await expectValues(
    {
      ...firing('A', 'production'),
      ...firing('B', 'production', 'warning'),
      ...firing('C', 'staging'),
      ...firing('D', 'staging'),
      ...firing('E', ''),
    },
    [
      [onPage(critical), 4],
      [onPage(critical, 'production'), 2],
      [onPage(critical, 'staging'), 3],
      [onPage(alerts.firingOverTimeOfPage, 'production'), 3],
      [onBoard(alerts.firingCount('critical'), 'production'), 2],
      [onBoard(alerts.firingCount('critical'), '.*'), 4],
      [`count(${onBoard(alerts.firingAlerts, 'production')})`, 3],
    ],
  );
});

test('a promise that is kept in staging does not hide that it is broken in production', async () => {
  const board = generateMonitoring(monitoring).find(({ path }) =>
    /dashboards\/.*slo\.json$/.test(path),
  );
  const exprs = [...(board?.text ?? '').matchAll(/"expr": "((?:[^"\\]|\\.)*)"/g)];
  const rows = exprs
    .map(([, text]) => JSON.parse(`"${text}"`) as string)
    .filter((expr) => expr.startsWith('max by (slo') && expr.includes('budget_left'));
  expect(rows).toHaveLength(1);
  const budget = (environment: string) =>
    series('slo:error_budget_left:ratio30d', {
      ...{ slo: 's', job: 'bellwether/shop', deployment_environment_name: environment },
    });
  await expectValues({ [budget('production')]: '-0.5x10', [budget('staging')]: '1x10' }, [
    [`min(${rows.join().replace(/\$\w+/g, '.*')})`, -0.5],
  ]);
});

/** Each query adds up to its value after five minutes of these series. */
async function expectValues(
  input: Readonly<Record<string, string>>,
  expected: readonly (readonly [query: string | undefined, value: number])[],
): Promise<void> {
  const suite: RuleSuite = {
    rule_files: [],
    evaluation_interval: '1m',
    tests: [
      {
        interval: '1m',
        input_series: Object.entries(input).map(([series, values]) => ({ series, values })),
        promql_expr_test: expected.map(([query, value]) => ({
          expr: `sum(${query})`,
          eval_time: '5m',
          exp_samples: [{ value }],
        })),
      },
    ],
  };
  const file = join(await temporaryFolder('environments'), 'suite.yaml');
  // JSON is YAML.
  await writeFile(file, JSON.stringify(suite));
  const { file: promtool } = await ensureServer('promtool');
  const said = await promisify(execFile)(promtool, ['test', 'rules', file]).then(
    () => '',
    ({ stdout, stderr }) => `${stdout}${stderr}`,
  );
  expect(said).toBe('');
}
