import { OTHER } from '../attributes/kinds.ts';
import { meterError } from '../errors.ts';

/** What a tenant id looks like. Anything else is refused before it is stored or sent anywhere. */
export interface TenantShape {
  readonly pattern: RegExp;
  readonly maxLength: number;
}

export const DEFAULT_SHAPE: TenantShape = {
  pattern: /^[A-Za-z0-9][A-Za-z0-9._-]*$/,
  maxLength: 64,
};

/**
 * Never part of an id, whatever the pattern: controls, line ends, turns of direction and halves of characters, and what separates
 * baggage entries.
 */
const NEVER = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp},=;]/u;

/** True for a string of the declared shape; `__other__` is ours. */
export function hasTenantShape(value: unknown, shape: TenantShape): value is string {
  return (
    typeof value === 'string' &&
    value.length > 0 &&
    value.length <= shape.maxLength &&
    value !== OTHER &&
    shape.pattern.test(value) &&
    !NEVER.test(value)
  );
}

/** Reads a shape; throws ERR_TENANT_PATTERN or ERR_TENANT_MAX_LENGTH. */
export function readTenantShape(
  pattern: RegExp | string | undefined,
  maxLength: number | undefined,
  before: TenantShape,
): TenantShape {
  if (maxLength !== undefined && (!Number.isInteger(maxLength) || maxLength < 1 || maxLength > 256))
    throw meterError(
      'ERR_TENANT_MAX_LENGTH',
      'maxLength of a tenant id',
      'an integer from 1 to 256',
      maxLength,
      'leave it out for 64',
    );
  return {
    pattern: pattern === undefined ? before.pattern : compile(pattern),
    maxLength: maxLength ?? before.maxLength,
  };
}

function compile(pattern: RegExp | string): RegExp {
  try {
    const { source, flags } =
      typeof pattern === 'string' ? { source: pattern, flags: '' } : pattern;
    return new RegExp(`^(?:${source})$`, flags.replace(/[gym]/g, ''));
  } catch {
    throw meterError(
      'ERR_TENANT_PATTERN',
      'the pattern of a tenant id',
      'a regular expression',
      pattern,
      'leave it out for letters, digits, ".", "_" and "-"',
    );
  }
}
