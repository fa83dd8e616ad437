import { splitList } from '../config/parse-value.ts';
import type { StandardSettings } from '../config/read-standard.ts';

/** Noisy, and only of use to whoever asks for them. */
const OFF_BY_DEFAULT = new Set(['dns', 'fs', 'net']);

/** Whether an instrumentation is on, by its short name: named, or on by default, and not disabled. */
export function enabledInstrumentations(settings: StandardSettings): (name: string) => boolean {
  const list = (variable: string) => {
    const text = settings.get(variable);
    return text === undefined ? undefined : new Set(splitList(text));
  };
  const enabled = list('OTEL_NODE_ENABLED_INSTRUMENTATIONS');
  const disabled = list('OTEL_NODE_DISABLED_INSTRUMENTATIONS');
  return (name) =>
    (enabled?.has(name) ?? !OFF_BY_DEFAULT.has(name)) && !(disabled?.has(name) ?? false);
}
