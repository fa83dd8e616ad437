// The same metric in two scopes, as two teams of one process may define it.
import { counter, defineMeters, oneOf } from '@bellwether/meters';

const placed = () => counter('orders.placed', { attributes: { status: oneOf('paid') } });
const shop = defineMeters('shop', { placed: placed() });
const billing = defineMeters('billing', { placed: placed() });
shop.placed.add(3, { status: 'paid' });
billing.placed.bind({ status: 'paid' }).add(5);
