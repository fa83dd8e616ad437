import type { ResolvedSpec } from '../monitoring-spec.ts';
import { SERVICE, VERSION } from '../query/service-labels.ts';
import { versionRecords } from '../rules/version-rules.ts';

const { rate, errors, p95 } = versionRecords;
const BY = SERVICE.join(', ');

/** Times of a rule, on the time scale of the spec; a panel has those of the real one. */
type Time = ResolvedSpec['time'];
type List = readonly string[];
const real: Time = (duration) => duration;

const of = (record: string, matchers: List): string =>
  matchers.length === 0 ? record : `${record}{${matchers.join(',')}}`;

/** Requests a second, by version. */
export const versionRate = (matchers: List): string => of(rate, matchers);

/** Share of requests that a version failed, 0 to 1. */
export const versionErrorRatio = (matchers: List): string =>
  `${of(errors, matchers)} / (${of(rate, matchers)} > 0)`;

/** Seconds within which 95 % of the requests to a version were answered. */
export const versionLatency = (matchers: List): string => of(p95, matchers);

/** Failed requests a second of a version over ten minutes. */
export const versionErrorRate = (time: Time): string => `avg_over_time(${errors}[${time('10m')}])`;

/** What did not run an hour ago. */
const isNew = (matchers: List, time: Time) =>
  `unless on (${VERSION.join(', ')}) ${ranBefore(matchers, time)}`;

const errorsOf = (matchers: List, window: string): string =>
  `sum_over_time(${of(errors, matchers)}[${window}])`;
const requestsOf = (matchers: List, window: string): string =>
  `sum_over_time(${of(rate, matchers)}[${window}])`;
const ranBefore = (matchers: List, time: Time): string =>
  `${of(rate, matchers)} offset ${time('1h')}`;
const sum = (expression: string): string => `sum by (${BY}) (${expression})`;
const worst = (expression: string): string => `max by (${BY}) (${expression})`;

/** The worse of two: what the service was before the new version came, and what older versions are beside it. */
const reference = (before: string, beside: string): string =>
  worst(
    `label_replace(${before}, "of", "before", "", "") or label_replace(${beside}, "of", "beside", "", "")`,
  );

/** Share of requests that a new version failed in ten minutes, for an hour after it came. */
export const newErrorRatio = (matchers: List = [], time: Time = real): string => {
  const window = time('10m');
  return `(${errorsOf(matchers, window)} / (${requestsOf(matchers, window)} > 0) ${isNew(matchers, time)})`;
};

/** The same of the service in the hour that ended an hour ago, or of its older versions now, whichever is worse. */
export const olderErrorRatio = (matchers: List = [], time: Time = real): string => {
  const [hour, window] = [`${time('1h')}] offset ${time('1h')}`, time('10m')];
  const ago = (record: string) => sum(`sum_over_time(${of(record, matchers)}[${hour})`);
  const now = (series: string) => sum(`${series} and ${ranBefore(matchers, time)}`);
  return reference(
    `${ago(errors)} / (${ago(rate)} > 0)`,
    `${now(errorsOf(matchers, window))} / (${now(requestsOf(matchers, window))} > 0)`,
  );
};

/** Seconds within which a new version answered 95 % of requests, the mean of ten minutes, for an hour after it came. */
export const newLatency = (matchers: List = [], time: Time = real): string =>
  `(avg_over_time(${of(p95, matchers)}[${time('10m')}]) ${isNew(matchers, time)})`;

/** The same of the service in the hour that ended an hour ago, or of its older versions now, whichever is slower. */
export const olderLatency = (matchers: List = [], time: Time = real): string =>
  reference(
    worst(`avg_over_time(${of(p95, matchers)}[${time('1h')}] offset ${time('1h')})`),
    worst(`avg_over_time(${of(p95, matchers)}[${time('10m')}]) and ${ranBefore(matchers, time)}`),
  );

/** How many times as much something is of a new version. More than a thousand times as much is a thousand. */
export const against = (newer: string, older: string): string =>
  `clamp_max(${newer} / on (${BY}) group_left () ${older}, 1000)`;
