import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ensureServer } from '@bellwether/cli';
import { allAlerts, type GeneratedFile, generateMonitoring, resolveSpec } from '@bellwether/mixin';
import { beforeAll, describe, expect, test } from 'vitest';
import monitoring from '../examples/monitoring.ts';
import { type RuleSuite, replica, series } from './support/rule-suite.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

/** What `npm run generate` makes, in both flavours, and what promtool says about it. */
const classic = generateMonitoring(monitoring);
const native = generateMonitoring({ ...monitoring, histograms: 'native' });
const folders = { classic: '', native: '' };
let promtool = '';

beforeAll(async () => {
  ({ file: promtool } = await ensureServer('promtool'));
  folders.classic = await written('rules-classic', classic);
  folders.native = await written('rules-native', native);
});

describe.each(['classic', 'native'] as const)('%s histograms', (flavour) => {
  test('promtool finds nothing to complain about', async () => {
    const files = rulesOf({ classic, native }[flavour]);
    const args = ['check', 'rules', '--lint=all', '--lint-fatal', ...files];
    const { code, said } = await run(folders[flavour], args);
    expect(code, said).toBe(0);
    const counts = [...said.matchAll(/SUCCESS: (\d+) rules found/g)].map(([, count]) => count);
    expect(counts).toHaveLength(files.length);
    expect(counts).not.toContain('0');
    if (flavour === 'classic')
      say(
        `${counts.reduce((sum, count) => sum + Number(count), 0)} rules in ${files.length} files`,
      );
  });
});

test('every alert fires and stays silent as its cases say', { timeout: 600_000 }, async () => {
  const alerts = allAlerts(resolveSpec(monitoring)).flatMap((area) => area.alerts);
  const cases = alerts.flatMap((alert) => alert.tests);
  const firing = cases.filter(({ fires }) => fires.length > 0);
  const suites = classic.map(({ path }) => path).filter((path) => path.includes('/rule-tests/'));
  const { code, said } = await run(folders.classic, ['test', 'rules', ...suites]);
  expect(code, said).toBe(0);
  const runbooks = classic.filter(({ path }) => path.startsWith('docs/runbooks/'));
  const paging = alerts.filter(({ severity }) => severity === 'critical');
  say(
    `${alerts.length} alerts (${paging.length} page), ${cases.length} cases: ${firing.length} firing, ${cases.length - firing.length} silent; ${runbooks.length} runbooks`,
  );
});

test('requests, errors and durations, by service, route and tenant', async () => {
  const answered = (labels: Record<string, string>, perMinute: number) =>
    requests({ http_route: '/a', http_response_status_code: '200', ...labels }, perMinute);
  await expectSamples(folders.classic, ['http-recording'], {
    input: {
      ...answered({ instance: 'a', tenant_id: 'acme' }, 60),
      ...answered({ instance: 'b', tenant_id: 'acme' }, 54),
      ...answered({ instance: 'b', tenant_id: 'acme', http_response_status_code: '500' }, 6),
      ...answered({ instance: 'b', tenant_id: 'globex', http_route: '/b' }, 120),
    },
    at: '10m',
    expected: {
      'job:http_server_requests:rate5m': 4,
      'round(job:http_server_errors:ratio_rate5m, 0.001)': 0.025,
      'count(job_route:http_server_requests:rate5m)': 2,
      'round(job_route:http_server_errors:ratio_rate5m{http_route="/a"}, 0.01)': 0.05,
      'job_route:http_server_errors:ratio_rate5m{http_route="/b"}': 0,
      'job_tenant:http_server_requests:rate5m{tenant_id="globex"}': 2,
      'round(job_tenant:http_server_request_duration_seconds:p50_5m{tenant_id="acme"}, 0.01)': 0.38,
      'round(job:http_server_request_duration_seconds:p99_5m, 0.001)': 0.498,
    },
  });
});

test('a quiet hour of errors does not outweigh a busy one: windows add up events', async () => {
  const count = (status: string, values: string) => ({
    [series('http_server_request_duration_seconds_count', {
      ...replica('a'),
      http_response_status_code: status,
    })]: values,
  });
  await expectSamples(folders.classic, ['slo-recording'], {
    input: {
      ...count('200', '0+1000x30 30000+5x30'),
      ...count('500', '0x30 0+5x30'),
    },
    at: '60m',
    expected: {
      'slo:bad_events:ratio_rate5m{slo="shop-http-availability"}': 0.5,
      'slo:bad_events:ratio_rate1h{slo="shop-http-availability"} < bool 0.01': 1,
      'slo:bad_events:ratio_rate1h{slo="shop-http-availability"} > bool 0.004': 1,
      'slo:target:ratio{slo="shop-http-availability"}': 0.999,
    },
  });
});

test('the budget that is left', async () => {
  await expectSamples(folders.classic, ['slo-recording'], {
    input: {
      ...requests({ http_response_status_code: '200' }, 19_990),
      ...requests({ http_response_status_code: '500' }, 10),
    },
    at: '60m',
    expected: {
      'round(slo:error_budget_left:ratio30d{slo="shop-http-availability"}, 0.01)': 0.5,
    },
  });
});

test('what is usual at this hour: one odd week of four moves neither the median nor the spread', async () => {
  const week = 336;
  const paid = series('commerce_orders_total', {
    ...replica('a'),
    ...{ tenant_id: 'acme', status: 'paid', currency: 'EUR' },
  });
  const weeks = [60, 60, 300, 60, 45];
  const values = weeks.map((step, i) => {
    const before = weeks.slice(0, i).reduce((sum, each) => sum + each * week, 0);
    return `${before}+${step}x${week - 1}`;
  });
  await expectSamples(folders.classic, ['hourly-recording', 'baseline-recording'], {
    ...{ interval: '30m', evaluated: '1d' },
    input: { [paid]: values.join(' ') },
    at: '30d',
    expected: {
      'round(job:commerce_orders_paid:increase1h_median4w)': 120,
      // A fifth of the median by the root of four weeks, which is more than the root of 120.
      'round(job:commerce_orders_paid:increase1h_spread4w)': 12,
      'count(job_tenant:commerce_orders_paid:increase1h_median4w)': 1,
      'round(job_currency:commerce_orders_paid:increase1h_median4w)': 120,
    },
  });
  await expectSamples(folders.classic, ['hourly-recording', 'baseline-recording'], {
    ...{ interval: '30m', evaluated: '1d' },
    input: { [paid]: values.join(' ') },
    at: '9d',
    expected: {
      'round(job:commerce_orders_paid:increase1h_median4w)': 120,
      'round(job:commerce_orders_paid:increase1h_spread4w)': 24,
    },
  });
});

test('the names of prom-client', async () => {
  await expectSamples(folders.classic, ['../rules-optional/prom-client-names'], {
    input: {
      ...requests(
        { instance: 'a', http_request_method: 'GET', http_route: '/a', url_scheme: 'http' },
        60,
      ),
      [series('http_server_active_requests', { ...replica('a'), http_request_method: 'GET' })]:
        '3x10',
      [series('http_server_active_requests', { ...replica('a'), http_request_method: 'POST' })]:
        '2x10',
    },
    at: '10m',
    expected: {
      'http_requests_total{method="GET",route="/a",instance="a"}': 600,
      'http_request_duration_seconds_count{method="GET"}': 600,
      'http_request_duration_seconds_bucket{le="0.25"}': 0,
      'round(histogram_quantile(0.5, rate(http_request_duration_seconds_bucket[5m])), 0.001)': 0.375,
      active_connections: 5,
    },
  });
});

test('native histograms: the same promises, and an idle hour is no hole', async () => {
  const histogram = (count: number, good: number, bad: number) =>
    `{{schema:0 sum:${count} count:${count} offset:-1 buckets:[${good} ${bad}]}}`;
  const labels = { ...replica('a'), tenant_id: 'acme', http_response_status_code: '200' };
  await expectSamples(folders.native, ['http-recording', 'slo-recording'], {
    input: {
      [series('http_server_request_duration_seconds', labels)]:
        `${histogram(0, 0, 0)}+${histogram(60, 48, 12)}x30 ${histogram(1_800, 1_440, 360)}x30`,
    },
    at: '59m',
    expected: {
      'round(slo:bad_events:ratio_rate1h{slo="shop-http-latency"}, 0.001)': 0.2,
      'round(slo_tenant:bad_events:ratio_rate2h{slo="shop-http-latency"}, 0.001)': 0.2,
      'slo:bad_events:ratio_rate1h{slo="shop-http-availability"}': 0,
      'slo:bad_events:rate5m{slo="shop-http-latency"}': 0,
    },
  });
  await expectSamples(folders.native, ['http-recording', '../rules-optional/prom-client-names'], {
    input: {
      [series('http_server_request_duration_seconds', labels)]:
        `${histogram(0, 0, 0)}+${histogram(60, 48, 12)}x30`,
    },
    at: '10m',
    expected: {
      'job:http_server_requests:rate5m': 1,
      'round(job:http_server_request_duration_seconds:p50_5m, 0.01)': 0.39,
      http_requests_total: 600,
    },
  });
});

/** So many requests a minute from 0, each of a time between 0.25 and 0.5 seconds. */
function requests(labels: Record<string, string>, perMinute: number): Record<string, string> {
  const name = 'http_server_request_duration_seconds';
  const of = { ...replica('a'), ...labels };
  const values = `0+${perMinute}x70`;
  return {
    [series(`${name}_count`, of)]: values,
    [series(`${name}_sum`, of)]: values,
    [series(`${name}_bucket`, { ...of, le: '0.25' })]: '0x70',
    [series(`${name}_bucket`, { ...of, le: '0.5' })]: values,
    [series(`${name}_bucket`, { ...of, le: '+Inf' })]: values,
  };
}

/** Evaluates rule files of a folder; each expression must give one value. */
async function expectSamples(
  folder: string,
  rules: readonly string[],
  {
    input,
    at,
    expected,
    interval = '1m',
    evaluated = interval,
  }: {
    input: Record<string, string>;
    at: string;
    expected: Record<string, number>;
    interval?: string;
    evaluated?: string;
  },
): Promise<void> {
  const suite: RuleSuite = {
    rule_files: rules.map((name) => `rules/${name}.yaml`),
    evaluation_interval: evaluated,
    tests: [
      {
        interval,
        input_series: Object.entries(input).map(([series, values]) => ({ series, values })),
        promql_expr_test: Object.entries(expected).map(([expr, value]) => ({
          expr: `sum(${expr})`,
          eval_time: at,
          exp_samples: [{ value }],
        })),
      },
    ],
  };
  // JSON is YAML.
  writeFileSync(join(folder, 'prometheus/suite.yaml'), JSON.stringify(suite));
  const { code, said } = await run(folder, ['test', 'rules', 'prometheus/suite.yaml']);
  expect(code, said).toBe(0);
}

function rulesOf(files: readonly GeneratedFile[]): string[] {
  return files
    .map(({ path }) => path)
    .filter((path) => /^rules(-optional)?$/.test(basename(dirname(path))));
}

async function written(name: string, files: readonly GeneratedFile[]): Promise<string> {
  const folder = await temporaryFolder(name);
  for (const { path, text } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

function run(cwd: string, args: readonly string[]): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(promtool, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text: Buffer) => {
        said += text;
      });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, said }));
  });
}

function say(text: string): void {
  process.stdout.write(`promtool: ${text}\n`);
}
