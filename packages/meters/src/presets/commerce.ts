import { oneOf, upTo } from '../attributes/kinds.ts';
import { counter, gauge, histogram } from '../catalog/definition.ts';

/** ISO 4217 codes; every amount carries one, so that nothing adds up across currencies by accident. */
export const currency = upTo(40);

/**
 * What a shop asks for first. Amounts are integers in minor units (cents): `meters.revenue.add(1999, { currency: 'EUR' })`.
 * @example const meters = defineMeters('shop', { ...commerce });
 */
export const commerce = {
  orders: counter('commerce.orders', {
    unit: '{order}',
    description: 'Orders by outcome and currency',
    attributes: { status: oneOf('paid', 'declined', 'refunded', 'cancelled'), currency },
  }),
  revenue: counter('commerce.revenue', {
    unit: '{minor_unit}',
    description: 'Amount of paid orders in minor units of the currency, before refunds',
    attributes: { currency },
  }),
  refunds: counter('commerce.refunds', {
    unit: '{minor_unit}',
    description: 'Amount paid back in minor units of the currency',
    attributes: { currency },
  }),
  orderItems: histogram('commerce.order.items', {
    unit: '{item}',
    description: 'Items in one placed order',
    boundaries: [1, 2, 3, 5, 8, 13, 21, 34, 55],
  }),
  payments: counter('commerce.payments', {
    unit: '{payment}',
    description: 'Attempts to pay, by outcome and method',
    attributes: {
      outcome: oneOf('succeeded', 'declined', 'failed'),
      method: upTo(20),
      currency,
    },
  }),
  paymentDuration: histogram('commerce.payment.duration', {
    unit: 's',
    description: 'Time that the payment provider took',
    attributes: { outcome: oneOf('succeeded', 'declined', 'failed') },
  }),
  cartsOpen: gauge('commerce.carts.open', {
    unit: '{cart}',
    description:
      'Carts that were neither ordered nor abandoned, as the database knows them: every replica reports the same',
  }),
  cartChanges: counter('commerce.cart.changes', {
    unit: '{change}',
    description: 'What shoppers did to carts',
    attributes: { action: oneOf('created', 'item_added', 'item_removed', 'ordered', 'abandoned') },
  }),
  productViews: counter('commerce.product.views', {
    unit: '{view}',
    description: 'Product pages seen, by category',
    attributes: { category: upTo(50) },
  }),
  stock: gauge('commerce.stock', {
    unit: '{item}',
    description: 'Items on stock, by category',
    attributes: { category: upTo(50) },
  }),
} as const;
