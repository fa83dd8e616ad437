import { postgresSessionsForecast } from '../../../queries/capacity-queries.ts';
import {
  postgresConnectionShare,
  postgresMaxConnections,
  postgresSessions,
} from '../../../queries/postgres-queries.ts';
import type { QueryScope } from '../../../query/query-scope.ts';
import { capacityThresholds } from '../../../thresholds/capacity-thresholds.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';
import { DAY, FORECAST, ofHours, WEEK } from './ahead.ts';

export const connectionShare = (scope: QueryScope) =>
  timeSeries({
    title: 'PostgreSQL connections in use',
    description: {
      shows: 'Share of the sessions that each server allows.',
      matters: 'Above the line PostgresConnectionsGrowing asks the forecast beside it.',
      act: 'Compare with the pools of the services on Database: what is not theirs is somebody else.',
    },
    unit: unit.ratio,
    max: 1,
    thresholds: badAbove(capacityThresholds.connections),
    queries: [query(postgresConnectionShare(scope), '{{instance}}')],
  });

export const connections = (scope: QueryScope) =>
  timeSeries({
    title: 'PostgreSQL connections, forecast',
    description: {
      shows: `Sessions of each server, and how many it allows. ${FORECAST}`,
      matters:
        'When all are in use the next one is refused: a deploy, a migration, a person with psql.',
      act: 'Find who opens them and does not close them, before the line meets the limit.',
    },
    unit: unit.count,
    decimals: 0,
    thresholds: neutral,
    queries: [
      query(postgresSessions(scope), 'now, {{instance}}'),
      query(
        `clamp_min(${postgresSessionsForecast(DAY, ofHours(scope))}, 0)`,
        'in a day, {{instance}}',
      ),
      query(
        `clamp_min(${postgresSessionsForecast(WEEK, ofHours(scope))}, 0)`,
        'in a week, {{instance}}',
      ),
      query(postgresMaxConnections(scope), 'allowed, {{instance}}'),
    ],
  });
