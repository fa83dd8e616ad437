import { splitList } from '../config/parse-value.ts';
import type { StandardSettings } from '../config/read-standard.ts';

/** The exporters of a signal, each once; `none` wins; `otlp` when unset. */
export function exporterNames(
  settings: StandardSettings,
  signal: 'TRACES' | 'METRICS' | 'LOGS',
): readonly string[] {
  const names = new Set(splitList(settings.get(`OTEL_${signal}_EXPORTER`) ?? 'otlp'));
  return names.has('none') ? [] : [...names];
}
