import { ValueType } from '@opentelemetry/api';
import { GaugeCells, SumCells } from '../cells/number-cells.ts';
import { withTenant } from '../cells/series.ts';
import { ExplicitCells } from '../histogram/explicit-cells.ts';
import type { Instrument } from '../instruments/instrument.ts';
import { type CollectionClock, tick } from './collection-clock.ts';
import {
  type CollectionResult,
  CUMULATIVE,
  DATA_POINT_TYPE,
  type DataPoint,
  type MetricData,
  type ProducerResource,
  type ScopeMetrics,
} from './metric-data.ts';
import type { SharedState } from './shared-state.ts';

const NO_RESOURCE: ProducerResource = {
  attributes: {},
  merge: (other) => other as never,
  getRawAttributes: () => [],
};

/** A copy of all cells, in one go: nothing is recorded in between. Then the idle tenants are looked at. */
export function collectAll(state: SharedState, clock: CollectionClock): CollectionResult {
  const endMs = tick(state.now(), clock);
  const scopeMetrics: ScopeMetrics[] = [];
  for (const { scope, instruments } of state.registry.scopes()) {
    const metrics: MetricData[] = [];
    for (const instrument of instruments) {
      const data = dataOf(state, instrument, endMs);
      if (data.dataPoints.length > 0) metrics.push(data);
    }
    if (metrics.length === 0) continue;
    const { name, version } = scope;
    scopeMetrics.push({ scope: version === undefined ? { name } : { name, version }, metrics });
  }
  state.tenants.sweep();
  return { resourceMetrics: { resource: NO_RESOURCE, scopeMetrics }, errors: [] };
}

function dataOf(state: SharedState, instrument: Instrument, endMs: number): MetricData {
  const { cells, definition } = instrument;
  const { name, description, unit } = definition;
  const base = {
    descriptor: { name, description, unit, valueType: ValueType.DOUBLE },
    aggregationTemporality: CUMULATIVE,
  };
  if (cells instanceof SumCells)
    return {
      ...base,
      dataPointType: DATA_POINT_TYPE.SUM,
      isMonotonic: definition.kind === 'counter',
      dataPoints: pointsOf(state, instrument, endMs, (cell) => cells.read(cell)),
    };
  if (cells instanceof GaugeCells)
    return {
      ...base,
      dataPointType: DATA_POINT_TYPE.GAUGE,
      dataPoints: pointsOf(state, instrument, endMs, (cell) => cells.read(cell)),
    };
  if (cells instanceof ExplicitCells)
    return {
      ...base,
      dataPointType: DATA_POINT_TYPE.HISTOGRAM,
      dataPoints: pointsOf(state, instrument, endMs, (cell) => cells.read(cell)),
    };
  return {
    ...base,
    dataPointType: DATA_POINT_TYPE.EXPONENTIAL_HISTOGRAM,
    dataPoints: pointsOf(state, instrument, endMs, (cell) => cells.read(cell)),
  };
}

function pointsOf<T>(
  state: SharedState,
  { series, combinations }: Instrument,
  endMs: number,
  read: (cell: number) => T,
): DataPoint<T>[] {
  const { labels } = state.tenants;
  return series.points(endMs, read, (slot, combination) =>
    withTenant(combinations.attributesOf(combination), labels[slot]),
  );
}
