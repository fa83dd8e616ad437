import pg from 'pg';
import { promQuery } from '../../packages/cli/dist/index.js';

/** Totals of each tenant, of services and routes, and how many series there are at all. */
const instant = [
  'sum by (tenant_id, status, currency) (commerce_orders_total)',
  'sum by (tenant_id, currency) (commerce_revenue_total)',
  'sum by (tenant_id) (http_server_request_duration_seconds_count)',
  'sum by (http_route) (http_server_request_duration_seconds_count)',
  'histogram_quantile(0.9, sum by (le, tenant_id) (http_server_request_duration_seconds_bucket))',
  'count by (__name__) ({__name__=~".+", tenant_id!=""})',
  'count({__name__=~".+"})',
];
const range = [
  'sum by (tenant_id) (commerce_orders_total)',
  'sum by (tenant_id) (rate(http_server_request_duration_seconds_count[1m]))',
  'job:http_server_requests:rate5m',
];

/** Everything that is asked before the backup and after the restore: text by question. */
export async function askAll({ prometheus, alertmanager, postgres }, { from, until }) {
  const answers = {};
  for (const query of instant) {
    const rows = await promQuery(prometheus, query, { time: until, timeoutMs: 60_000 });
    answers[query] = JSON.stringify(rows.map(({ labels, value }) => [labels, value]).sort(byText));
  }
  for (const query of range)
    answers[`${query}, every 15 s`] = await askRange(prometheus, query, from, until);
  answers.silences = JSON.stringify((await silences(alertmanager)).map(meaning).sort(byText));
  for (const [name, text] of await tables(postgres)) answers[`table ${name}`] = text;
  return answers;
}

async function askRange(prometheus, query, start, end) {
  const body = new URLSearchParams({ query, start, end, step: '15' });
  const answer = await fetch(`${prometheus}/api/v1/query_range`, { method: 'POST', body });
  const { data } = await answer.json();
  return JSON.stringify(data.result.map(({ metric, values }) => [metric, values]).sort(byText));
}

async function silences(alertmanager) {
  const all = await (await fetch(`${alertmanager}/api/v2/silences`)).json();
  return all.filter(({ status }) => status.state !== 'expired');
}

export async function postSilence(alertmanager, comment, seconds) {
  const answer = await fetch(`${alertmanager}/api/v2/silences`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      matchers: [{ name: 'alertname', value: `Proof ${comment}`, isRegex: false, isEqual: true }],
      startsAt: new Date().toISOString(),
      endsAt: new Date(Date.now() + seconds * 1000).toISOString(),
      createdBy: 'proof',
      comment,
    }),
  });
  if (!answer.ok) throw new Error(`Expected Alertmanager to take a silence, got ${answer.status}`);
}

const meaning = ({ matchers, endsAt, createdBy, comment }) => [
  matchers,
  endsAt,
  createdBy,
  comment,
];

/** Rows and a digest of every table. */
async function tables(url) {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const { rows } = await client.query(
      "select table_name as name from information_schema.tables where table_schema = 'public' order by 1",
    );
    const found = [];
    for (const { name } of rows) {
      const [row] = (
        await client.query(
          `select count(*)::int as count, md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as digest from "${name}" t`,
        )
      ).rows;
      found.push([name, `${row.count} rows, ${row.digest}`]);
    }
    return found;
  } finally {
    await client.end();
  }
}

const byText = (a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b));

/** Questions whose answers are not the same. */
export function differences(before, after) {
  const questions = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return questions
    .filter((question) => before[question] !== after[question])
    .map((question) => ({
      question,
      before: before[question]?.slice(0, 300),
      after: after[question]?.slice(0, 300),
    }));
}
