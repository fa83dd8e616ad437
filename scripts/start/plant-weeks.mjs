import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureServer } from '../../packages/cli/dist/index.js';
import { poll } from './poll.mjs';

const service = 'deployment_environment_name="local",job="bellwether/shop",service_name="shop"';
const WEEK = 7 * 86_400;
/** What each tenant did in that hour, week by week, the third of them an odd one. */
const weeks = [1, 1.1, 3, 0.9];

/**
 * Four weeks in which the shop was as busy as now, as hourly records in blocks of their own, so that what compares with them has something
 * to compare with. Prometheus finds new blocks within a minute; returns whether it has recorded what is usual then.
 */
export async function plantWeeks({ dataDir, prometheus, tenants, signal, seconds = 360 }) {
  const { file: promtool } = await ensureServer('promtool');
  const folder = mkdtempSync(join(tmpdir(), 'bellwether-weeks-'));
  try {
    const file = join(folder, 'weeks.txt');
    writeFileSync(file, openMetrics(tenants, Math.floor(Date.now() / 1000)));
    const data = join(dataDir, 'prometheus/data');
    const { status, stderr } = spawnSync(
      promtool,
      ['tsdb', 'create-blocks-from', 'openmetrics', '--quiet', file, data],
      { encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(`Expected promtool to make blocks, it says ${stderr}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const query = 'count({__name__=~"job_currency:.+:increase1h_spread4w"})';
  return poll(seconds, signal, async () => {
    const answer = await fetch(`${prometheus}/api/v1/query?${new URLSearchParams({ query })}`);
    return (await answer.json()).data?.result?.length > 0;
  });
}

/** A sample a minute from a quarter of an hour before that time to an hour after it. */
function openMetrics(tenants, now) {
  const rows = tenants.flatMap(({ id, currencies }) => [
    [`job_tenant:http_server_requests:increase1h{${service},tenant_id="${id}"}`, 6_000],
    ...currencies.flatMap((currency) => [
      [
        `job_tenant:commerce_orders:increase1h{${service},tenant_id="${id}",status="paid",currency="${currency}"}`,
        120,
      ],
      [
        `job_tenant:commerce_revenue:increase1h{${service},tenant_id="${id}",currency="${currency}"}`,
        1_200_000,
      ],
    ]),
  ]);
  const minutes = Array.from({ length: 76 }, (_, minute) => (minute - 15) * 60);
  const samples = rows.flatMap(([series, value]) =>
    weeks.flatMap((odd, i) =>
      minutes.map((after) => `${series} ${value * odd} ${now - (i + 1) * WEEK + after}`),
    ),
  );
  return `${samples.join('\n')}\n# EOF\n`;
}
