import type { Faults } from '../faults/fault-plan.ts';
import { HttpProblem } from '../http/http-problem.ts';
import { meters } from '../meters.ts';
import type { Settings } from '../settings.ts';
import { type PaymentRequest, providerAnswers } from './payment-provider.ts';

/** Cards that the gateway knows: as with a real one in test mode, the card says what happens. */
export const cards = ['card_ok', 'card_declined'] as const;
export type Card = (typeof cards)[number];

export const paymentMethods = ['card', 'paypal', 'invoice'] as const;
export type PaymentMethod = (typeof paymentMethods)[number];

export interface Payment {
  readonly card: Card;
  readonly method: PaymentMethod;
  readonly currency: string;
}

/**
 * A payment gateway that moves no money. 503 when it cannot be reached: then nobody knows whether it has charged, the cart stays open, and
 * the next try has the same `idempotencyKey`, as it has when our own transaction fails after the charge.
 */
export async function charge(
  {
    card,
    method,
    currency,
    amountMinor,
    idempotencyKey,
  }: Payment & Pick<PaymentRequest, 'amountMinor' | 'idempotencyKey'>,
  faults: Faults,
  { paymentUrl }: Pick<Settings, 'paymentUrl'>,
  random: () => number = Math.random,
): Promise<'paid' | 'declined'> {
  const { declinedPaymentsRatio, failedPaymentsRatio } = faults.current();
  const began = performance.now();
  const request = { method, currency, amountMinor, idempotencyKey };
  const answered = await providerAnswers(paymentUrl, request, random);
  const failed = !answered || (failedPaymentsRatio > 0 && random() < failedPaymentsRatio);
  const declined =
    card === 'card_declined' || (declinedPaymentsRatio > 0 && random() < declinedPaymentsRatio);
  const outcome = failed ? 'failed' : declined ? 'declined' : 'succeeded';
  meters.paymentDuration.record((performance.now() - began) / 1_000, { outcome });
  if (failed) {
    meters.payments.add(1, { outcome, method, currency });
    throw new HttpProblem(
      503,
      'payment_failed',
      'Expected the payment gateway to answer, got nothing; the cart is as it was, try again',
    );
  }
  return declined ? 'declined' : 'paid';
}
