import { returnToStock } from '../catalog/stock.ts';
import { commit } from '../database/commit.ts';
import { slowDown } from '../faults/inject-faults.ts';
import { conflict, notFound } from '../http/http-problem.ts';
import { meters } from '../meters.ts';
import type { Services } from '../services.ts';
import { type Buyer, orderColumns } from './place-order.ts';

/** Before it is sent: all the money goes back, and the goods to the shelves. Only a paid order, and only once. */
export function cancelOrder(
  { database, faults, states }: Pick<Services, 'database' | 'faults' | 'states'>,
  { tenantId, customerId }: Buyer,
  id: string,
) {
  return commit(database, async (tx, onCommit) => {
    await slowDown(tx, faults);
    const [order] = await tx.order.updateManyAndReturn({
      where: { id, tenantId, customerId, status: 'paid' },
      data: { status: 'cancelled', cancelledAt: new Date() },
      select: { currency: true, totalMinor: true },
    });
    const now = await tx.order.findFirst({
      where: { id, tenantId, customerId },
      select: orderColumns,
    });
    if (now === null) throw notFound('the order');
    if (order === undefined) {
      throw conflict('not_cancellable', `Expected the order to be paid, got ${now.status}`);
    }
    await returnToStock(tx, now.items);
    const { currency, totalMinor } = order;
    onCommit(() => {
      meters.orders.add(1, { status: 'cancelled', currency });
      meters.refunds.add(totalMinor, { currency });
      meters.featureUses.add(1, { feature: 'self_service_cancellation' });
      states.stock.changed(tenantId);
    });
    return now;
  });
}
