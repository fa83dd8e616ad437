export { labelName } from './prometheus/label-name.ts';
export { metricName, type NamedKind } from './prometheus/metric-name.ts';
