import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ensureServer } from '@bellwether/cli';
import { type RealServer, startServer } from './real-server.ts';

/** One series: what it is called, and its value at each minute of the two hours before now. */
export interface SeriesOfTest {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly at: (minute: number) => number;
}

const MINUTES = 120;

/** A real Prometheus that has these series and scrapes nothing. */
export async function prometheusWith(series: readonly SeriesOfTest[]): Promise<RealServer> {
  const folder = mkdtempSync(join(tmpdir(), 'bellwether-prometheus-'));
  const data = join(folder, 'data');
  const input = join(folder, 'series.txt');
  const config = join(folder, 'prometheus.yaml');
  writeFileSync(input, openMetrics(series));
  writeFileSync(config, 'global: { scrape_interval: 1m }\n');
  const { file } = await ensureServer('promtool');
  await promisify(execFile)(file, ['tsdb', 'create-blocks-from', 'openmetrics', input, data]);
  const server = await startServer(
    'prometheus',
    (port) => [
      `--config.file=${config}`,
      `--storage.tsdb.path=${data}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    '/-/ready',
  );
  return {
    url: server.url,
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function openMetrics(series: readonly SeriesOfTest[]): string {
  const end = Math.floor(Date.now() / 1000);
  const lines = series.flatMap(({ name, labels, at }) => {
    const braces = Object.entries(labels).map(([key, value]) => `${key}="${value}"`);
    return Array.from({ length: MINUTES + 1 }, (_, minute) => {
      const time = end - (MINUTES - minute) * 60;
      return `${name}{${braces.join(',')}} ${at(minute)} ${time}`;
    });
  });
  return `${lines.join('\n')}\n# EOF\n`;
}
