import { commit } from '../database/commit.ts';
import type { Transaction } from '../database/database.ts';
import { slowDown } from '../faults/inject-faults.ts';
import { conflict, notFound } from '../http/http-problem.ts';
import { meters } from '../meters.ts';
import type { Services } from '../services.ts';

type Needs = Pick<Services, 'database' | 'faults' | 'states'>;

export interface Subscriber {
  readonly tenantId: string;
  readonly customerId: string;
}

const columns = {
  id: true,
  plan: true,
  currency: true,
  monthlyMinor: true,
  status: true,
  createdAt: true,
  cancelledAt: true,
} as const;

/** 409 when there is an active one already. */
export function subscribe(
  { database, faults, states }: Needs,
  { tenantId, customerId }: Subscriber,
  { plan: code, currency }: { readonly plan: string; readonly currency: string },
) {
  return commit(database, async (tx, onCommit) => {
    await slowDown(tx, faults);
    const { monthlyMinor } = await priceOf(tx, tenantId, code, currency);
    const [subscription] = await tx.subscription.createManyAndReturn({
      data: [{ tenantId, customerId, activeFor: customerId, plan: code, currency, monthlyMinor }],
      skipDuplicates: true,
      select: columns,
    });
    if (subscription === undefined) {
      throw conflict('already_subscribed', 'Expected no active subscription, got one');
    }
    await record(tx, tenantId, subscription.id, 'started', code);
    onCommit(() => {
      meters.subscriptionChanges.add(1, { change: 'started', plan: code });
      states.subscriptions.changed(tenantId);
    });
    return subscription;
  });
}

/** To a higher or a lower plan, in the currency of the subscription. 409 when it is the plan in force. */
export function changePlan(
  { database, faults, states }: Needs,
  { tenantId, customerId }: Subscriber,
  code: string,
) {
  return commit(database, async (tx, onCommit) => {
    await slowDown(tx, faults);
    const current = await lockActive(tx, customerId);
    const from = await tx.plan.findUnique({
      where: { tenantId_code: { tenantId, code: current.plan } },
    });
    const to = await priceOf(tx, tenantId, code, current.currency);
    if (code === current.plan) throw conflict('same_plan', 'Expected another plan, got the same');
    const change = to.rank > (from?.rank ?? 0) ? 'upgraded' : 'downgraded';
    const subscription = await tx.subscription.update({
      where: { id: current.id },
      data: { plan: code, monthlyMinor: to.monthlyMinor },
      select: columns,
    });
    await record(tx, tenantId, subscription.id, change, code);
    onCommit(() => {
      meters.subscriptionChanges.add(1, { change, plan: code });
      meters.featureUses.add(1, { feature: 'plan_change' });
      states.subscriptions.changed(tenantId);
    });
    return subscription;
  });
}

/** Ends at once: this is churn. */
export function cancelSubscription(
  { database, faults, states }: Needs,
  { tenantId, customerId }: Subscriber,
) {
  return commit(database, async (tx, onCommit) => {
    await slowDown(tx, faults);
    const current = await lockActive(tx, customerId);
    const subscription = await tx.subscription.update({
      where: { id: current.id },
      data: { status: 'cancelled', activeFor: null, cancelledAt: new Date() },
      select: columns,
    });
    await record(tx, tenantId, subscription.id, 'cancelled', subscription.plan);
    onCommit(() => {
      meters.subscriptionChanges.add(1, { change: 'cancelled', plan: subscription.plan });
      meters.churnedMrr.add(subscription.monthlyMinor, { currency: subscription.currency });
      states.subscriptions.changed(tenantId);
    });
    return subscription;
  });
}

/** The second of two simultaneous changes waits here, and then sees what the first did. */
async function lockActive(tx: Transaction, customerId: string) {
  await tx.$queryRaw`SELECT id FROM subscriptions WHERE active_for = ${customerId}::uuid FOR UPDATE`;
  const active = await tx.subscription.findUnique({ where: { activeFor: customerId } });
  if (active === null) throw notFound('an active subscription');
  return active;
}

async function priceOf(tx: Transaction, tenantId: string, code: string, currency: string) {
  const plan = await tx.plan.findUnique({
    where: { tenantId_code: { tenantId, code } },
    include: { prices: { where: { currency } } },
  });
  const price = plan?.prices[0];
  if (plan === null || price === undefined) throw notFound(`the plan in ${currency}`);
  return { rank: plan.rank, monthlyMinor: price.monthlyMinor };
}

async function record(
  tx: Transaction,
  tenantId: string,
  subscriptionId: string,
  kind: 'started' | 'upgraded' | 'downgraded' | 'cancelled',
  plan: string,
): Promise<void> {
  await tx.subscriptionEvent.create({ data: { tenantId, subscriptionId, kind, plan } });
}
