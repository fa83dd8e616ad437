import { meterError } from '../errors.ts';

/** Limits of the tenant label. Every field may be left out: it then stays as it was. */
export interface TenantOptions {
  /** How many tenants keep their name at a time, 1 to 10,000. Default 200. */
  readonly budget?: number | undefined;
  /** If set (and not empty), only these tenants keep their name, and the budget grows to hold them all. */
  readonly allowList?: readonly string[] | undefined;
  /** What a whole id must match. Default `[A-Za-z0-9][A-Za-z0-9._-]*`. Controls, `,`, `;` and `=` are never allowed. */
  readonly pattern?: RegExp | string | undefined;
  /** Longest id in characters, 1 to 256. Default 64. */
  readonly maxLength?: number | undefined;
  /** Seconds without a recording after which a tenant may lose its place to a newcomer. Default 3600. */
  readonly idleSeconds?: number | undefined;
}

/** Throws ERR_TENANT_BUDGET or ERR_TENANT_IDLE for a value outside its range. */
export function checkTenantLimits({ budget, idleSeconds }: TenantOptions): void {
  if (budget !== undefined && (!Number.isInteger(budget) || budget < 1 || budget > 10_000))
    throw meterError(
      'ERR_TENANT_BUDGET',
      'the tenant budget',
      'an integer from 1 to 10000',
      budget,
      'leave it out for 200',
    );
  if (idleSeconds !== undefined && !(Number.isFinite(idleSeconds) && idleSeconds >= 0))
    throw meterError(
      'ERR_TENANT_IDLE',
      'idleSeconds',
      'a number of at least 0',
      idleSeconds,
      'leave it out for 3600',
    );
}
