import { splitList } from '../config/parse-value.ts';
import type { StandardSettings } from '../config/read-standard.ts';

/** Noisy, or of use only to whoever asks for them. Express 5 is made of `router`, whose layers we see already. */
const OFF_BY_DEFAULT = new Set(['dns', 'fs', 'host-metrics', 'net', 'router']);

/** Whether an instrumentation is on, by its short name: named, or on by default, and not disabled. */
export function enabledInstrumentations(settings: StandardSettings): (name: string) => boolean {
  const list = (variable: string) => {
    const text = settings.get(variable);
    return text === undefined ? undefined : new Set(splitList(text));
  };
  const enabled = list('OTEL_NODE_ENABLED_INSTRUMENTATIONS');
  const disabled = list('OTEL_NODE_DISABLED_INSTRUMENTATIONS');
  return (name) => (enabled?.has(name) ?? isOnByDefault(name)) && !(disabled?.has(name) ?? false);
}

function isOnByDefault(name: string): boolean {
  if (name === 'aws-lambda') return process.env.AWS_LAMBDA_FUNCTION_NAME !== undefined;
  return !OFF_BY_DEFAULT.has(name);
}
