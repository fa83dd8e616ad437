export { type ComparedEntry, compareEntries } from './compare-entries.ts';
export {
  type Comparison,
  type ComparisonOptions,
  compareWithLedger,
} from './compare-with-ledger.ts';
export type { LedgerEntry } from './ledger-entry.ts';
export { type Measure, measures } from './measures.ts';
export { readLedger } from './read-ledger.ts';
export { type PrometheusOptions, readPrometheus } from './read-prometheus.ts';
export { renderComparison } from './render-comparison.ts';
