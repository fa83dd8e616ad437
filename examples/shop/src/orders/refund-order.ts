import { commit } from '../database/commit.ts';
import { slowDown } from '../faults/inject-faults.ts';
import { conflict, notFound } from '../http/http-problem.ts';
import { meters } from '../meters.ts';
import type { Services } from '../services.ts';
import { type Buyer, orderColumns } from './place-order.ts';

/** Gives all the money back; the goods stay with the customer. Only a paid order can be refunded, and only once. */
export function refundOrder(
  { database, faults }: Pick<Services, 'database' | 'faults'>,
  { tenantId, customerId }: Buyer,
  id: string,
) {
  return commit(database, async (tx, onCommit) => {
    await slowDown(tx, faults);
    const [order] = await tx.order.updateManyAndReturn({
      where: { id, tenantId, customerId, status: 'paid' },
      data: { status: 'refunded', refundedAt: new Date() },
      select: { currency: true, totalMinor: true },
    });
    const now = await tx.order.findFirst({
      where: { id, tenantId, customerId },
      select: orderColumns,
    });
    if (now === null) throw notFound('the order');
    if (order === undefined) {
      throw conflict('not_refundable', `Expected the order to be paid, got ${now.status}`);
    }
    const { currency, totalMinor } = order;
    onCommit(() => {
      meters.orders.add(1, { status: 'refunded', currency });
      meters.refunds.add(totalMinor, { currency });
      meters.featureUses.add(1, { feature: 'self_service_refund' });
    });
    return now;
  });
}
