import type { Assumed, Assumption } from './assumptions.ts';
import type { Fleet } from './fleet.ts';
import { recordedSeries } from './recorded-series.ts';
import type { SeriesSource } from './series-source.ts';
import { serviceSeries } from './service-series.ts';

const DAY = 86_400;
/** Prometheus has the series of so long in memory. */
const HEAD_SECONDS = 3 * 3_600;

export interface Estimate {
  readonly sources: readonly SeriesSource[];
  /** Series that get samples now. */
  readonly activeSeries: number;
  readonly samplesPerSecond: number;
  /** Series that are in memory at once: those of the processes of the last three hours too. */
  readonly headSeries: number;
  readonly diskBytes: number;
  readonly prometheusBytes: number;
  readonly collectorBytes: number;
  readonly assumptions: readonly Assumption[];
}

/** What a fleet costs: series, samples, disk for its retention, memory with headroom. */
export function estimate(fleet: Fleet, assumed: Assumed): Estimate {
  const services = serviceSeries(fleet, assumed);
  const scraped: SeriesSource = {
    source: 'scraped servers',
    metrics: [],
    series: assumed.scrapedSeries.value,
    how: 'one of each',
    everySeconds: fleet.scrapeSeconds,
    perProcess: false,
  };
  const sources = [...services, ...recordedSeries(fleet, assumed), scraped];
  const activeSeries = sum(sources.map(({ series }) => series));
  const rate = (some: readonly SeriesSource[]) =>
    sum(some.map(({ series, everySeconds }) => series / everySeconds));
  const samplesPerSecond = rate(sources);
  const newPerDay =
    sum(sources.filter(({ perProcess }) => perProcess).map(({ series }) => series)) *
    assumed.deploysPerDay.value;
  const headSeries = activeSeries + newPerDay * (HEAD_SECONDS / DAY);
  const days = fleet.retentionSeconds / DAY;
  const blockDays = Math.min(assumed.blockDays.value, days);
  const seriesInBlocks = (activeSeries + newPerDay * blockDays) * (days / blockDays);
  const { headroom } = assumed;
  return {
    sources,
    activeSeries,
    samplesPerSecond,
    headSeries,
    diskBytes:
      samplesPerSecond * fleet.retentionSeconds * assumed.bytesPerSample.value +
      seriesInBlocks * assumed.indexBytesPerSeries.value,
    prometheusBytes:
      (assumed.prometheusBase.value + headSeries * assumed.memoryPerSeries.value) * headroom.value,
    collectorBytes:
      (assumed.collectorBase.value + rate(services) * assumed.collectorPerRate.value) *
      headroom.value,
    assumptions: Object.values(assumed),
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
