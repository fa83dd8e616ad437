import {
  against,
  newErrorRatio,
  newLatency,
  olderErrorRatio,
  olderLatency,
} from '../../../queries/release-queries.ts';
import { releaseThresholds } from '../../../thresholds/release-thresholds.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';
import { SERVICES } from '../recorded-scope.ts';

const LEGEND = '{{job}} {{service_version}}';
const OLDER =
  'Compared with the service in the hour before, or with older versions that run beside it, whichever is worse. Empty while every version is older than an hour, and in the first hour of a service.';

export const failsAgainst = () =>
  timeSeries({
    title: 'How many times as many failures',
    description: {
      shows: `Share of failed requests of a version that came within the last hour. ${OLDER}`,
      matters:
        'NewVersionFails compares the same number, where the version fails enough to matter.',
      act: 'Above the line roll back, unless the older version hardly ever failed and this one rarely does.',
    },
    unit: unit.count,
    decimals: 1,
    thresholds: badAbove(releaseThresholds.errorFactor),
    queries: [query(against(newErrorRatio(SERVICES), olderErrorRatio(SERVICES)), LEGEND)],
  });

export const takesAgainst = () =>
  timeSeries({
    title: 'How many times as long',
    description: {
      shows: `95th percentile of a version that came within the last hour. ${OLDER}`,
      matters: 'NewVersionSlow compares the same number, where it is long enough to be felt.',
      act: 'Above the line for more than ten minutes: roll back, and compare routes.',
    },
    unit: unit.count,
    decimals: 1,
    thresholds: badAbove(releaseThresholds.latencyFactor),
    queries: [query(against(newLatency(SERVICES), olderLatency(SERVICES)), LEGEND)],
  });
