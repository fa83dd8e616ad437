import { burnRate, sloErrorRatio, sloEvents } from '../../../queries/slo-queries.ts';
import type { SloWindow } from '../../../slo/slo-records.ts';
import { sloThresholds } from '../../../thresholds/slo-thresholds.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';
import { CHOSEN, page, pageLater, SERVICE_LEGEND, ticket, ticketLater } from './slo-scope.ts';

const burning = (windows: readonly { readonly long: SloWindow; readonly short: SloWindow }[]) =>
  windows.flatMap(({ long, short }) =>
    [long, short].map((window) =>
      query(burnRate('slo', window, CHOSEN), `${SERVICE_LEGEND} ${window}`),
    ),
  );

export const fastBurn = () =>
  timeSeries({
    title: 'Fast burn',
    description: {
      shows: `Burn rate over the windows of the alerts that wake somebody: ${page.factor} over ${page.long} and ${page.short}, ${pageLater.factor} over ${pageLater.long} and ${pageLater.short}.`,
      matters: 'Above these levels the budget of a month is gone in days.',
      act: 'Follow the runbook of the alert. It ends when the short window is below the line again.',
    },
    unit: unit.plain,
    thresholds: badAbove({ warning: pageLater.factor, critical: page.factor }),
    queries: burning(sloThresholds.fast),
  });

export const slowBurn = () =>
  timeSeries({
    title: 'Slow burn',
    description: {
      shows: `Burn rate over the windows of the alerts for working hours: ${ticket.factor} over ${ticket.long} and ${ticket.short}, ${ticketLater.factor} over ${ticketLater.long} and ${ticketLater.short}.`,
      matters: 'Nothing is on fire, and yet the promise will be broken before the month is over.',
      act: 'Find the endpoint that contributes most on API performance, and plan its repair.',
    },
    unit: unit.plain,
    thresholds: badAbove({ warning: ticketLater.factor, critical: ticket.factor }),
    queries: burning(sloThresholds.slow),
  });

export const events = () =>
  timeSeries({
    title: 'Events',
    description: {
      shows:
        'Events a second that each promise is about: requests, orders, or what the objective counts.',
      matters: 'A ratio of few events says little: the alerts wait until there are enough.',
      act: 'For one without events, look whether the service still runs and sends its metrics.',
    },
    unit: unit.countsPerSecond,
    thresholds: neutral,
    queries: [query(sloEvents('slo', CHOSEN), SERVICE_LEGEND)],
  });

export const badShare = () =>
  timeSeries({
    title: 'Share of bad events',
    description: {
      shows: 'Share of events in the last five minutes that broke the promise.',
      matters: 'It shows when something broke, without the inertia of longer windows.',
      act: 'Compare with the blue deployment marks.',
    },
    unit: unit.ratio,
    thresholds: neutral,
    queries: [query(sloErrorRatio('slo', '5m', CHOSEN), SERVICE_LEGEND)],
  });
