/** Every code that a mistake in a definition or in the limits of tenants can carry, as `error.code`. Nothing throws at record time. */
export type MeterErrorCode =
  | 'ERR_METER_SCOPE'
  | 'ERR_METER_NAME'
  | 'ERR_METER_UNIT'
  | 'ERR_METER_DESCRIPTION'
  | 'ERR_METER_DUPLICATE'
  | 'ERR_METER_BOUNDARIES'
  | 'ERR_METER_EXPONENTIAL'
  | 'ERR_METER_OBJECTIVE'
  | 'ERR_METER_RENAMED'
  | 'ERR_METER_ATTRIBUTE_KEY'
  | 'ERR_METER_ATTRIBUTE_KIND'
  | 'ERR_METER_ATTRIBUTE_COLLISION'
  | 'ERR_METER_ATTRIBUTE_TENANT'
  | 'ERR_METER_UP_TO'
  | 'ERR_METER_SERIES'
  | 'ERR_TENANT_BUDGET'
  | 'ERR_TENANT_IDLE'
  | 'ERR_TENANT_PATTERN'
  | 'ERR_TENANT_MAX_LENGTH';

/** What `defineMeters()`, `upTo()` and `configureTenants()` throw for a mistake. */
export interface MeterError extends Error {
  readonly code: MeterErrorCode;
}

/** `Expected <what> to be <range>, got <value>; <how to fix>.` with a code. */
export function meterError(
  code: MeterErrorCode,
  what: string,
  range: string,
  value: unknown,
  fix: string,
): MeterError {
  const message = `Expected ${what} to be ${range}, got ${quote(value)}; ${fix}.`;
  return Object.assign(new TypeError(message), { code });
}

function quote(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 100));
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'object' && value !== null)
    return Array.isArray(value) ? 'an array' : 'an object';
  return String(value);
}
