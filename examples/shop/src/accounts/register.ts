import { commit } from '../database/commit.ts';
import { slowDown } from '../faults/inject-faults.ts';
import { conflict } from '../http/http-problem.ts';
import { meters } from '../meters.ts';
import type { Services } from '../services.ts';
import { hashPassword } from './password.ts';

/** `free` is no subscription; the others are the plans of the seed. */
export const signUpPlans = ['free', 'basic', 'plus', 'pro'] as const;
export type SignUpPlan = (typeof signUpPlans)[number];

export interface Registration {
  readonly email: string;
  readonly name: string;
  readonly password: string;
  /** What they sign up for; they subscribe later. */
  readonly plan: SignUpPlan;
}

/** A new customer of the tenant. 409 when the e-mail address is taken. */
export async function register(
  { database, faults }: Pick<Services, 'database' | 'faults'>,
  tenantId: string,
  { email, name, password, plan }: Registration,
) {
  const passwordHash = await hashPassword(password);
  const customer = await commit(database, async (tx, onCommit) => {
    await slowDown(tx, faults);
    const [created] = await tx.customer.createManyAndReturn({
      data: [{ tenantId, email, name, passwordHash, signUpPlan: plan }],
      skipDuplicates: true,
      select: { id: true, email: true, name: true },
    });
    onCommit(() => {
      if (created === undefined) return;
      meters.registrations.add(1, { outcome: 'succeeded' });
      meters.signUps.add(1, { plan });
    });
    return created;
  });
  if (customer === undefined) {
    meters.registrations.add(1, { outcome: 'rejected' });
    throw conflict('email_taken', 'Expected an e-mail address that is new here, got one in use');
  }
  return customer;
}
