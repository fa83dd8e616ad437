import { up } from '../metrics/scrape.ts';
import type { AlertTest } from './alert.ts';
import { series } from './test-series.ts';

interface WatchedServer {
  /** The labels of its exporter, with an environment. */
  readonly server: Readonly<Record<string, string>> & {
    readonly deployment_environment_name: string;
  };
  /** What the exporter says of the server: 1 while it answers. */
  readonly serverUp: string;
  /** Answers that a service of the same environment got from it, counted. */
  readonly answers: string;
}

/** The cases of an alert about a server that is asked by an exporter: either of them is gone, or both, and services get answers or do not. */
export function serverGoneTests({
  server,
  serverUp,
  answers,
}: WatchedServer): readonly [AlertTest, AlertTest, ...AlertTest[]] {
  const { deployment_environment_name: environment, ...noEnvironment } = server;
  const target = series(up, server);
  return [
    {
      name: 'the server refuses connections',
      series: { [target]: '1x20', [serverUp]: '1x5 0x15' },
      at: '8m',
      fires: [server],
    },
    {
      name: 'the machine is gone with server and exporter, and services get no answers',
      series: { [target]: '1x5 0x15', [serverUp]: '1x5 stale', [answers]: '0+300x5 1500x15' },
      at: '13m',
      fires: [server],
    },
    {
      name: 'server and exporter are gone, and services of another environment get answers from theirs',
      series: {
        [target]: '1x5 0x15',
        [serverUp]: '1x5 stale',
        [answers.replace(environment, 'staging')]: '0+300x20',
      },
      at: '13m',
      fires: [server],
    },
    {
      name: 'the exporter is gone whose target names no environment, but services get answers',
      series: { [series(up, noEnvironment)]: '1x5 0x15', [answers]: '0+300x20' },
      at: '15m',
      fires: [],
    },
    {
      name: 'the exporter is gone, but services get answers',
      series: { [target]: '1x5 0x15', [serverUp]: '1x5 stale', [answers]: '0+300x20' },
      at: '15m',
      fires: [],
    },
    {
      name: 'one scrape ran into the restart of the server',
      series: { [target]: '1x20', [serverUp]: '1x5 0 1x14' },
      at: '6m',
      fires: [],
    },
  ];
}
