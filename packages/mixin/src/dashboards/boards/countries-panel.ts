import { requestsByCountry } from '../../queries/http-queries.ts';
import type { QueryScope } from '../../query/query-scope.ts';
import { barGauge } from '../panels/bar-gauge.ts';
import { query } from '../panels/panel-query.ts';
import { neutral } from '../panels/panel-thresholds.ts';
import { unit } from '../panels/panel-units.ts';

/** Where requests come from, as far as a trusted edge says so. `whole` asks about the range of the dashboard. */
export const countriesPanel = (whole: QueryScope) =>
  barGauge({
    title: 'Requests by country',
    description: {
      shows:
        'Requests in the time range by country, the 20 with most, as the edge in front of us named it in its header.',
      matters: 'A new country on top is a new market, or somebody who should not be here.',
      act: 'Ask marketing about it first; if nobody knows, look at its rejected logins and requests.',
    },
    unit: unit.count,
    thresholds: neutral,
    noValue: 'BELLWETHER_COUNTRY_HEADER is not set',
    queries: [
      query(`topk(20, ${requestsByCountry(whole)})`, '{{geo_country_iso_code}}', { instant: true }),
    ],
    width: 24,
  });
