import { readFileSync } from 'node:fs';
import { type Answer, ask } from '@bellwether/example-service';
import { z } from 'zod';
import type { settings as Settings } from './settings.ts';

/** What the storefront tells of an order that was paid. */
const PaidOrder = z.object({
  orderId: z.uuid(),
  customerId: z.uuid(),
  currency: z.string().length(3),
  totalMinor: z.number().int(),
});

/**
 * Tells the customer, by the notification service, and everybody who is in the tenant's chat. Which tenant that is nobody says here: it came
 * with the job. Rejects when one of the two did not take it; then both are asked again, and each tells nobody twice.
 */
export function orderConfirmation({
  NOTIFICATIONS_URL,
  NOTIFICATIONS_TOKEN_FILE,
  CHAT_URL,
  SERVICE_TOKEN,
}: typeof Settings): (data: unknown) => Promise<void> {
  const token = readFileSync(NOTIFICATIONS_TOKEN_FILE, 'utf8').trim().split('\n')[0];
  return async (data) => {
    const { orderId, customerId, currency, totalMinor } = PaidOrder.parse(data);
    const confirmed = await ask(NOTIFICATIONS_URL, '/confirmations', {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: { orderId, customerId, currency, totalMinor },
    });
    taken('the notification service', confirmed);
    if (CHAT_URL === undefined) return;
    const announced = await ask(CHAT_URL, '/announcements', {
      method: 'POST',
      headers: { 'x-service-token': SERVICE_TOKEN },
      body: { id: orderId, text: 'An order was paid' },
    });
    taken('the chat', announced);
  };
}

function taken(who: string, { status }: Answer): void {
  if (status >= 300) throw new Error(`Expected ${who} to take it, got ${status}`);
}
