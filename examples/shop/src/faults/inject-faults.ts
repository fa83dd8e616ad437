import type { RequestHandler } from 'express';
import type { Database, Transaction } from '../database/database.ts';
import { identityOf } from '../tenants/authenticate.ts';
import type { Faults } from './fault-plan.ts';

/** Fails and burns CPU as the plan says, after the tenant is known: a drill hurts tenants, not health checks. */
export function injectFaults(faults: Faults, random: () => number = Math.random): RequestHandler {
  return (_request, response, next) => {
    const { cpuBurnSeconds, errorRatio, onlyTenants } = faults.current();
    const hit = onlyTenants.length === 0 || onlyTenants.includes(identityOf(response).tenant.id);
    if (!hit) return next();
    if (cpuBurnSeconds > 0) burn(cpuBurnSeconds);
    if (errorRatio > 0 && random() < errorRatio) throw new InjectedError('a drill is running');
    next();
  };
}

class InjectedError extends Error {
  override readonly name = 'InjectedError';
}

function burn(seconds: number): void {
  const end = performance.now() + seconds * 1_000;
  while (performance.now() < end) Math.sqrt(end);
}

/** Makes PostgreSQL itself slow on the connection in use, as a lock or a bad plan would. */
export async function slowDown(client: Database | Transaction, faults: Faults): Promise<void> {
  const { slowDatabaseSeconds } = faults.current();
  if (slowDatabaseSeconds > 0) {
    await client.$queryRaw`SELECT 1 AS slept FROM pg_sleep(${slowDatabaseSeconds}::float8)`;
  }
}
