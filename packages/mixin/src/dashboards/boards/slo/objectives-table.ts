import {
  burnRate,
  errorBudgetLeft,
  sloErrorRatio,
  sloTarget,
} from '../../../queries/slo-queries.ts';
import { maxBy } from '../../../query/aggregation.ts';
import { ENVIRONMENT } from '../../../query/service-labels.ts';
import type { Slo } from '../../../slo/slo.ts';
import { sloThresholds } from '../../../thresholds/slo-thresholds.ts';
import { cellValue, dataLink } from '../../frame/links.ts';
import { badAbove, badBelow, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { table } from '../../panels/table.ts';
import { uids } from '../../uids.ts';
import { CHOSEN, page, pageLater, ticket, ticketLater } from './slo-scope.ts';

export const objectives = (slos: readonly Slo[]) =>
  table({
    title: 'All objectives',
    description: {
      shows: `A row for each promise, environment and service that it is about.\n\n${slos.map(({ id, promise }) => `- \`${id}\`: ${promise}.`).join('\n')}`,
      matters: 'A promise that nobody looks at is broken without anybody noticing.',
      act: 'Click the service with the least budget left. A promise that never burns may be too weak.',
    },
    rows: [
      { label: 'slo', name: 'Objective' },
      { label: ENVIRONMENT, name: 'Environment' },
      {
        label: 'job',
        name: 'Service',
        links: [
          dataLink('API performance', uids.api, {
            set: { job: cellValue },
            keep: ['datasource', 'environment'],
          }),
        ],
      },
    ],
    columns: [
      {
        name: 'Promised',
        expr: byObjective(
          `${sloErrorRatio('slo', '5m', CHOSEN)} * 0 + on (slo) group_left () ${sloTarget(['slo=~"$slo"'])}`,
        ),
        unit: unit.ratio,
        thresholds: neutral,
      },
      {
        name: 'Kept, 30 days',
        expr: byObjective(`1 - ${sloErrorRatio('slo', '30d', CHOSEN)}`),
        unit: unit.ratio,
        thresholds: neutral,
      },
      {
        name: 'Budget left',
        expr: byObjective(errorBudgetLeft('slo', CHOSEN)),
        unit: unit.ratio,
        thresholds: badBelow(sloThresholds.errorBudgetLeft),
      },
      ...[page, pageLater, ticket, ticketLater].map(({ factor, long }) => ({
        name: `Burn ${long}`,
        expr: byObjective(burnRate('slo', long, CHOSEN)),
        unit: unit.plain,
        thresholds: badAbove(
          factor >= pageLater.factor ? { critical: factor } : { warning: factor },
        ),
      })),
    ],
    sortBy: 'Burn 1h',
  });

/** One row for each promise, environment and job, whatever other labels the series have. */
const byObjective = (expr: string): string => maxBy(['slo', ENVIRONMENT, 'job'], expr);
