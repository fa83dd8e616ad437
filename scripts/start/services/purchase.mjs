import { randomBytes, randomUUID } from 'node:crypto';
import { openChat } from './chat-client.mjs';

const password = 'correct horse battery';

/** A customer of the tenant who has registered and logged in, through the gateway. */
export async function newCustomer({ gateway, tenant }) {
  const email = `services-${randomUUID()}@example.com`;
  const send = sender(gateway, { 'x-api-key': tenant.apiKey });
  await send('POST', '/register', { email, name: 'A customer', password });
  const { token } = await send('POST', '/login', { email, password });
  return {
    email,
    token,
    tenant: tenant.id,
    send: sender(gateway, { authorization: `Bearer ${token}` }),
  };
}

/**
 * One customer of the tenant buys one thing, and waits in the chat until it is told there. Returns the id of the trace that the purchase
 * is in, which its caller gives it, and how many requests were answered. Rejects where something does not go the way that it should.
 */
export async function purchase({ gateway, chat, tenant }) {
  const customer = await newCustomer({ gateway, tenant });
  const socket = await openChat(chat, customer.token);
  try {
    const { products } = await customer.send('GET', '/products');
    await customer.send('POST', '/cart/items', { productId: products[0].id, quantity: 1 });
    const traceId = randomBytes(16).toString('hex');
    const traceparent = `00-${traceId}-${randomBytes(8).toString('hex')}-01`;
    const [currency] = tenant.currencies;
    const { order } = await customer.send(
      'POST',
      '/orders',
      { currency, card: 'card_ok' },
      { traceparent },
    );
    await socket.heard((text) => text === 'An order was paid');
    return { traceId, orderId: order.id, requests: 5 };
  } finally {
    await socket.close();
  }
}

function sender(gateway, credentials) {
  return async (method, path, body, headers = {}) => {
    const response = await fetch(`${gateway}${path}`, {
      method,
      headers: {
        ...credentials,
        ...headers,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(60_000),
    });
    const text = await response.text();
    if (!response.ok)
      throw new Error(`Expected ${method} ${path} to go well, got ${response.status} ${text}`);
    return JSON.parse(text);
  };
}
