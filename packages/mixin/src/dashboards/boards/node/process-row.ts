import type { ResolvedSpec } from '../../../monitoring-spec.ts';
import { startedWithin } from '../../../queries/freshness-queries.ts';
import {
  activeResources,
  earlyDeaths,
  openFiles,
  processCpu,
  uptime,
} from '../../../queries/runtime-queries.ts';
import { panelScope } from '../../../query/query-scope.ts';
import { runtimeThresholds } from '../../../thresholds/runtime-thresholds.ts';
import { type Row, row } from '../../frame/layout.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';
import { cpuSeries } from '../runtime-panels.ts';

/** As the alert about restarts sees it. */
const YOUNG = { young: 600, silent: '3m' };

/** What the operating system sees. */
export function processRow({ histograms }: ResolvedSpec): Row {
  const scope = panelScope(histograms);
  return row('Process', [
    cpuSeries(scope),
    timeSeries({
      title: 'CPU by mode',
      description: {
        shows:
          'Cores that all selected processes use together, in JavaScript and libraries (user) and in the kernel (system).',
        matters: 'System time is network and disk: it grows with connections, not with code.',
        act: 'Much system time: many small writes or new connections for each call; keep connections alive.',
      },
      unit: unit.ratio,
      thresholds: neutral,
      stack: true,
      queries: [query(processCpu(scope, ['cpu_mode']), '{{cpu_mode}}')],
    }),
    timeSeries({
      title: 'Handles and requests',
      description: {
        shows: 'What keeps the event loop alive, by type: sockets, timers, open requests.',
        matters: 'A type that only grows is a leak, and often the first sign of one.',
        act: 'Sockets: answers or clients that are never closed. Timeouts: setInterval without clearInterval.',
      },
      unit: unit.count,
      thresholds: neutral,
      queries: [query(activeResources(scope, ['v8js_resource_type']), '{{v8js_resource_type}}')],
    }),
    timeSeries({
      title: 'Open files',
      description: {
        shows: 'Open file descriptors of each process; each connection is one.',
        matters:
          'At the limit (ulimit -n, often 1,024) no connection is accepted and no file opened: EMFILE.',
        act: 'Compare with Handles and requests. Leaking sockets: close them. Just many clients: raise the limit.',
      },
      unit: unit.count,
      thresholds: neutral,
      queries: [query(openFiles(scope, ['instance']), '{{instance}}')],
    }),
    timeSeries({
      title: 'Uptime',
      description: {
        shows: 'Time since each process started.',
        matters: 'A saw with short teeth is a process that dies again and again.',
        act: 'Look at the last log lines before each fall, at the exit code, and at the heap before it.',
      },
      unit: unit.duration,
      thresholds: neutral,
      queries: [query(uptime(scope, ['instance']), '{{instance}}')],
    }),
    timeSeries({
      title: 'Starts',
      description: {
        shows: 'Processes that are younger than 5 minutes, by service.',
        matters: 'Each start outside a deployment was a death, with the requests that were in it.',
        act: 'Compare with the blue deployment marks; without one, see Uptime for which instance.',
      },
      unit: unit.count,
      thresholds: neutral,
      queries: [query(startedWithin(300, scope), '{{job}}')],
    }),
    timeSeries({
      title: 'Processes that ended young',
      description: {
        shows:
          'Processes that ended at an age below ten minutes, within the last 30 minutes, by service.',
        matters: 'A service that dies again and again answers a part of its users only.',
        act: 'Above the line: read the last log lines of such an instance, and roll back when it began with a deployment.',
      },
      unit: unit.count,
      thresholds: badAbove(runtimeThresholds.earlyDeaths),
      width: 24,
      queries: [query(earlyDeaths({ ...scope, window: '30m' }, ['job'], YOUNG), '{{job}}')],
    }),
  ]);
}
