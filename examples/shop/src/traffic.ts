import { readFileSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { runTraffic, type TrafficSummary } from './traffic/run-traffic.ts';

const Tenants = z
  .array(
    z.object({
      id: z.string().min(1),
      apiKey: z.string().min(1),
      currencies: z.array(z.string().length(3)).min(1),
      weight: z.number().positive().optional(),
    }),
  )
  .min(1);

const number = (text: string) => {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('not a number');
  return value;
};

interface Options {
  target: string;
  tenants: string;
  rate: number;
  duration: number;
  seed: number;
  visitors: number;
  json?: true;
}

const program = new Command('traffic')
  .description('Sends visitors through a shop on this machine, and says what was answered.')
  .option('--target <url>', 'http on 127.0.0.0/8, localhost or [::1]', 'http://127.0.0.1:3000')
  .requiredOption(
    '--tenants <file>',
    'tenants with their API keys, as prepare-database writes them',
  )
  .option('--rate <requests>', 'requests a second, all tenants together', number, 20)
  .option('--duration <seconds>', 'then it stops by itself', number, 60)
  .option('--seed <number>', 'the same seed sends the same visitors', number, 1)
  .option('--visitors <number>', 'visitors at the same time', number, 16)
  .option('--json', 'print the summary as JSON')
  .action(async (options: Options) => {
    const stop = new AbortController();
    process.once('SIGINT', () => stop.abort());
    process.once('SIGTERM', () => stop.abort());
    try {
      const summary = await runTraffic({
        target: options.target,
        tenants: Tenants.parse(JSON.parse(readFileSync(options.tenants, 'utf8'))),
        ratePerSecond: options.rate,
        durationSeconds: options.duration,
        seed: options.seed,
        visitors: options.visitors,
        signal: stop.signal,
      });
      console.log(options.json ? JSON.stringify(summary, null, 2) : render(summary));
    } catch (error) {
      program.error(error instanceof Error ? error.message : String(error));
    }
  });

function render({
  seconds,
  requests,
  unanswered,
  latencySeconds,
  tenants,
}: TrafficSummary): string {
  const milliseconds = (value: number) => `${(value * 1_000).toFixed(1)} ms`;
  const lines = Object.entries(tenants).map(([id, tally]) => {
    const statuses = Object.entries(tally.statuses).map(([status, n]) => `${status}: ${n}`);
    return `${id}: ${tally.requests} requests (${statuses.join(', ')})`;
  });
  return [
    `${requests} requests in ${seconds.toFixed(1)} s, ${unanswered} unanswered`,
    `p50 ${milliseconds(latencySeconds.p50)}, p95 ${milliseconds(latencySeconds.p95)}, p99 ${milliseconds(latencySeconds.p99)}`,
    ...lines,
  ].join('\n');
}

await program.parseAsync();
