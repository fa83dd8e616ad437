import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pollUntil } from '@bellwether/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { promQuery, type Stack, startStack } from '../src/index.ts';
import type { VerifyReport } from '../src/verify/verify-report.ts';
import { counterMetric, sendMetrics } from './otlp-json.ts';
import { bellwether, userProject } from './user-project.ts';

const RULES = `groups:
  - name: app
    interval: 1s
    rules:
      - record: job:app_orders:sum
        expr: sum by (job) (app_orders_total)
      - record: job:app_returns:sum
        expr: sum by (job) (app_returns_total)
      - alert: OrdersMany
        expr: job:app_orders:sum > 1e9
      - alert: OrdersOfNobody
        expr: app_orders_total{tenant_id="nobody"} > 0
      - alert: BothHalves
        expr: max(app_orders_total{color!=""}) < 0 or max(app_orders_total{color=""}) < 0
      - alert: Dead
        expr: app_gone_total{job="x"} > 0
      - alert: WrongJob
        expr: up{job="promtheus"} == 0
`;

const panel = (title: string, expr: string, instant = false) => ({
  title,
  type: 'timeseries',
  targets: [{ refId: 'A', expr, instant }],
});
const board = (panels: readonly object[]) => ({
  ...{ uid: 'board', title: 'A board' },
  templating: {
    list: [
      { name: 'datasource', type: 'datasource', query: 'prometheus' },
      variable('job', 'label_values(app_orders_total, job)', { includeAll: true, multi: true }),
      variable('tenant', 'label_values(app_orders_total{job=~"$job"}, tenant_id)', {}),
    ],
  },
  annotations: { list: [{ name: 'Alerts', expr: 'ALERTS{job=~"$job|"}' }] },
  panels,
});
const variable = (name: string, query: string, options: object) => ({
  ...{ name, type: 'query', query: { query, refId: 'V' } },
  ...options,
});

const GOOD = [
  panel('Orders', 'app_orders_total{job=~"$job",tenant_id="$tenant"}', true),
  panel('A graph', 'sum(max_over_time(app_orders_total[$__rate_interval])) / $__range_s'),
  { title: 'Words', type: 'text' },
  { title: 'Row', type: 'row', panels: [panel('Inside', 'up')] },
];
const BAD = [
  panel('No metric', 'sum(rate(app_sales_total[$__rate_interval]))'),
  panel('Wrong value', 'app_orders_total{tenant_id="nobody"}'),
  panel('No label', 'app_orders_total{color="red"}'),
  panel('No overlap', 'app_orders_total > 1e9'),
  panel('Nothing by nothing', '0 * app_orders_total / 0'),
  panel('A mistake', 'sum by app_orders_total'),
];

let dataDir: string;
let stack: Stack<'prometheus' | 'collector'>;
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'verify-'));
  const rulesFolder = join(dataDir, 'rules');
  mkdirSync(rulesFolder);
  writeFileSync(join(rulesFolder, 'app.yaml'), RULES);
  stack = await startStack({
    dataDir: join(dataDir, 'stack'),
    rulesFolder,
    prometheusTiming: { ruleQueryOffset: '0s' },
    services: ['prometheus', 'collector'],
  });
  const { collectorHttp, prometheus } = stack.addresses;
  await sendMetrics(collectorHttp, [
    counterMetric({ name: 'app.orders', value: 3, temporality: 'cumulative' }),
  ]);
  const has = async (query: string) => (await promQuery(prometheus, query)).length > 0;
  await pollUntil(() => has('job:app_orders:sum'), { timeoutMs: 30_000, everyMs: 200 });
  await pollUntil(() => has('up'), { timeoutMs: 30_000, everyMs: 200 });
}, 900_000);
afterAll(async () => {
  await stack?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function verify(files: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const prometheus = ['--prometheus', stack.addresses.prometheus];
  return bellwether(userProject(files), 'verify', ...prometheus, ...args);
}
const dashboards = (panels: readonly object[]) => ({
  'grafana/dashboards/a/board.json': JSON.stringify(board(panels)),
});

test('panels that return something: variables, intervals, rows, text', async () => {
  const { code, out } = await verify(dashboards(GOOD));
  expect(out).toMatch(/^board +4 +6 +0$/m);
  expect(out).toMatch(/^1 dashboards, 4 panels, 0 recording rules, 0 alerts: 6 queries, 0 empty,/m);
  expect(code).toBe(0);
});

test('a zero in the place of a metric that is not there is told, and is no problem', async () => {
  const zero = panel('Returns', 'app_returns_total or 0 * app_orders_total');
  const { code, out } = await verify(dashboards([...GOOD, zero]), '--json');
  const { problems, unseen } = JSON.parse(out) as VerifyReport;
  expect(problems).toEqual([]);
  expect(unseen.map(({ place, message }) => [place.panel, message])).toContainEqual([
    'Returns',
    'no metric app_returns_total',
  ]);
  expect(code).toBe(0);
});

test('what compares with last week waits for it; what is only missing because of that waits too', async () => {
  const weeks = `groups:
  - name: weeks
    rules:
      - record: job:app_orders:median2w
        expr: quantile by (job) (0.5, app_orders_total offset 1w or app_orders_total offset 2w)
      - record: job:app_orders:twice
        expr: 2 * job:app_orders:median2w
`;
  const files = {
    ...dashboards([
      ...GOOD,
      panel('Against the usual', 'app_orders_total - on (job) job:app_orders:twice'),
    ]),
    'prometheus/rules/weeks.yaml': weeks,
  };
  const { out } = await verify(files, '--json');
  const { problems, unseen } = JSON.parse(out) as VerifyReport;
  // Nobody loaded these rules, which is another matter.
  expect(problems.map(({ kind }) => kind)).toEqual(['not-loaded', 'not-loaded']);
  expect(unseen.map(({ place, message }) => [place.panel, message])).toContainEqual([
    'Against the usual',
    'no metric job:app_orders:twice',
  ]);
});

test('a panel that promises dots of traces needs exemplars', async () => {
  const dots = {
    ...panel('Dots', 'app_orders_total'),
    targets: [{ refId: 'A', expr: 'app_orders_total', exemplar: true }],
  };
  const { out } = await verify(dashboards([dots]), '--json');
  const { problems } = JSON.parse(out) as VerifyReport;
  expect(problems.map(({ place, message }) => [place.panel, message])).toEqual([
    ['Dots', expect.stringMatching(/^its series have no exemplars/)],
  ]);
});

test('an exporter that does not run here is one entry, and excuses nothing else', async () => {
  const files = {
    ...dashboards([...GOOD, panel('Containers', 'container_a / container_b'), ...BAD.slice(0, 1)]),
    'grafana/expected-empty.yaml': '- { metrics: container_, reason: no cAdvisor }',
  };
  const { out } = await verify(files, '--json');
  const { problems, expected, stale } = JSON.parse(out) as VerifyReport;
  expect(problems.map(({ place }) => place.panel)).toEqual(['No metric']);
  expect(expected.map(({ finding, reason }) => [finding.place.panel, reason])).toEqual([
    ['Containers', 'no cAdvisor'],
  ]);
  expect(stale).toEqual([]);
  const misspelt = {
    ...files,
    'grafana/expected-empty.yaml': '- { metrics: contaner_, reason: x }',
  };
  expect((await verify(misspelt)).err).toMatch(/that exist, got .*contaner_/);
});

test('each way to be empty is told with its metric or matcher', async () => {
  const { code, out } = await verify(dashboards([...GOOD, ...BAD]), '--json');
  expect(code).toBe(1);
  const report = JSON.parse(out) as VerifyReport;
  const said = report.problems.map(({ kind, place, message }) => [kind, place.panel, message]);
  expect(said).toEqual([
    ['empty', 'No metric', 'no metric app_sales_total'],
    [
      'empty',
      'Wrong value',
      'tenant_id="nobody" matches nothing of app_orders_total{}, which has "acme"',
    ],
    ['empty', 'No label', 'app_orders_total{} has no label color'],
    ['empty', 'No overlap', expect.stringMatching(/^every selector has series/)],
    ['empty', 'Nothing by nothing', expect.stringMatching(/^returns NaN only/)],
    ['error', 'A mistake', expect.stringMatching(/parse error/)],
  ]);
  expect(report.problems[1]?.missing).toMatchObject([
    { because: 'value', matcher: 'tenant_id="nobody"', metric: 'app_orders_total' },
  ]);
  expect(report.counts).toMatchObject({ panels: 10, queries: 12, empty: 5, problems: 6 });
});

test('the metric that most problems miss stands below them', async () => {
  const gone = ['A', 'B'].map((title) => panel(title, `sum(rate(app_sales_total[5m]))`));
  const { out } = await verify(dashboards(gone));
  expect(out).toMatch(/Metrics that Prometheus does not have.*\n {2}app_sales_total: 2 queries$/m);
});

test('what is expected to be empty is excused with its reason; an entry that is not any more is stale', async () => {
  const entry = (title: string) => `- { dashboard: board, panel: ${title}, reason: needs a fault }`;
  const { code, out } = await verify({
    ...dashboards([...GOOD, ...BAD.slice(0, 1)]),
    'grafana/expected-empty.yaml': [entry('No metric'), entry('Orders')].join('\n'),
  });
  expect(code).toBe(0);
  expect(out).toContain('board › No metric › A: needs a fault');
  expect(out).toMatch(/not any more; remove them from the list:\n {2}board › Orders$/m);

  const wrong = { ...dashboards(GOOD), 'grafana/expected-empty.yaml': entry('Odrers') };
  expect((await verify(wrong)).err).toMatch(/panels, rules and alerts that exist, got .*Odrers/);
});

test('rules: loaded, healthy, with series; of alerts all that they name exists', async () => {
  const rules = `${RULES}      - alert: Forgotten\n        expr: vector(1)\n`;
  const { code, out } = await verify({ 'prometheus/rules/app.yaml': rules }, '--json');
  expect(code).toBe(1);
  const { problems, unseen, counts } = JSON.parse(out) as VerifyReport;
  expect(counts).toMatchObject({ recordingRules: 2, alerts: 6, queries: 8 });
  expect(problems.map(({ kind, place, message }) => [kind, { ...place }, message])).toEqual([
    ['empty', { rule: 'job:app_returns:sum' }, 'no metric app_returns_total'],
    ['empty', { alert: 'Dead' }, 'no metric app_gone_total'],
    ['empty', { alert: 'WrongJob' }, expect.stringMatching(/^job="promtheus" matches nothing/)],
    ['not-loaded', { alert: 'Forgotten' }, expect.stringMatching(/has not loaded group app/)],
  ]);
  expect(unseen.map(({ place }) => place)).toEqual([{ alert: 'OrdersOfNobody' }]);
});

test('--wait asks again until what was missing has come', async () => {
  const late = dashboards([panel('Late', 'app_late_total')]);
  const waiting = verify(late, '--wait', '60s');
  await sendMetrics(stack.addresses.collectorHttp, [
    counterMetric({ name: 'app.late', value: 1, temporality: 'cumulative' }),
  ]);
  expect(await waiting).toMatchObject({ code: 0 });
});

test('no Prometheus is one clear error', async () => {
  const cwd = userProject(dashboards(GOOD));
  const { code, err } = await bellwether(cwd, 'verify', '--prometheus', 'http://127.0.0.1:9');
  expect(err).toMatch(/Expected Prometheus at http:\/\/127\.0\.0\.1:9, got .*--prometheus <url>/);
  expect(code).toBe(1);
});

test.each([
  [[], /Expected dashboards or rules in grafana\/dashboards/],
  [['--dashboards', 'none'], /Expected a folder at .*none, got none/],
  [['--wait', 'long'], /Expected --wait to be a time up to 24h/],
  [['--interval', '0s'], /Expected --interval to be a time from 1s to 1h/],
  [['--prometheus', 'nowhere'], /Expected --prometheus to be an address/],
])('verify %s is refused', async (args, message) => {
  const files = args.length === 2 && args[0] !== '--dashboards' ? dashboards(GOOD) : {};
  const { code, err } = await bellwether(userProject(files), 'verify', ...args);
  expect(err).toMatch(message);
  expect(code).toBe(2);
});
