import type { CatalogInstrument } from '@bellwether/meters';
import type { ResolvedSpec } from '../monitoring-spec.ts';
import { maxBy } from '../query/aggregation.ts';
import { sumBy } from '../query/promql.ts';
import { SERVICE, TENANT } from '../query/service-labels.ts';
import { hasHourlyRecord, hourlyHttp, hourlyRecord } from '../rules/hourly-records.ts';
import { majorUnits } from './money.ts';

// About the day before each moment, from what was recorded for its hours. Where there is no full hour yet, the last one stands alone.

type Catalogs = Pick<ResolvedSpec, 'catalogs'>;
type Query = string | undefined;
type List = readonly string[];

const overDay = (over: 'max' | 'sum', record: string, matchers: List): string => {
  const series = `${record}{${matchers.join(',')}}`;
  return `(${over}_over_time(${series}[1d:1h]) or ${series})`;
};

const sumOfDay = (record: string, matchers: List, by: List) =>
  sumBy(by, overDay('sum', record, matchers));

/** Requests of a day. */
export const requestsOfDay = (matchers: List, by: List): string =>
  sumOfDay(hourlyHttp.requests, matchers, by);

/** Share of the requests of a day that were answered with 5xx, 0 to 1. */
export const errorRatioOfDay = (matchers: List, by: List): string =>
  `${sumOfDay(hourlyHttp.errors, matchers, by)} / (${requestsOfDay(matchers, by)} > 0)`;

/** Mean seconds to answer a request of a day. */
export const meanTimeOfDay = (matchers: List, by: List): string =>
  `${sumOfDay(hourlyHttp.time, matchers, by)} / (${requestsOfDay(matchers, by)} > 0)`;

/** Seconds within which 99 % of the requests were answered, in the worst hour of a day. */
export const worstHourOfDay = (matchers: List, by: List): string =>
  `max by (${by.join(', ')}) (${overDay('max', hourlyHttp.p99, matchers)})`;

/** What a counter of the catalogs counted in a day, by its OpenTelemetry name. */
export const countOfDay = (spec: Catalogs, name: string, matchers: List, by: List = []): Query =>
  recordOf(spec, name, (record) => sumOfDay(record, matchers, by));

/** Amounts of a day, by currency, in major units. */
export const amountOfDay = (spec: Catalogs, name: string, matchers: List): Query =>
  recordOf(spec, name, (record) =>
    majorUnits((group) => sumOfDay(record, [...matchers, ...group], ['currency'])),
  );

/** The highest amount of a day that a gauge showed, tenants added up, by currency, in major units. */
export const highestAmountOfDay = (spec: Catalogs, name: string, matchers: List): Query =>
  recordOf(spec, name, (record) =>
    majorUnits((group) =>
      sumBy(
        ['currency'],
        maxBy([...SERVICE, TENANT, 'currency'], overDay('max', record, [...matchers, ...group])),
      ),
    ),
  );

function recordOf(spec: Catalogs, name: string, build: (record: string) => string): Query {
  const record = hourlyRecordOf(spec, name);
  return record === undefined ? undefined : build(record);
}

/** The hourly series of an instrument of the catalogs, by its OpenTelemetry name. */
export function hourlyRecordOf({ catalogs }: Catalogs, name: string): string | undefined {
  const isIt = (instrument: CatalogInstrument) =>
    instrument.name === name && hasHourlyRecord(instrument);
  const found = catalogs.flatMap(({ instruments }) => instruments).find(isIt);
  return found === undefined ? undefined : hourlyRecord(found);
}
