import { setTimeout as wait } from 'node:timers/promises';

/** Milliseconds that a provider takes at least, and up to so many more. */
const least = 2;
const more = 8;
const deadline = 5_000;

/** What a provider is asked for. */
export interface PaymentRequest {
  readonly method: string;
  readonly currency: string;
  /** In the minor unit of the currency. */
  readonly amountMinor: number;
  /** The same for the same purchase, however often it is tried: the provider charges once for it. */
  readonly idempotencyKey: string;
}

/** Whether the provider at this address took the payment; without an address, one that always does, in the usual time. */
export async function providerAnswers(
  address: string | undefined,
  { idempotencyKey, ...payment }: PaymentRequest,
  random: () => number,
): Promise<boolean> {
  if (address === undefined) {
    await wait(least + random() * more);
    return true;
  }
  try {
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': idempotencyKey },
      body: JSON.stringify(payment),
      signal: AbortSignal.timeout(deadline),
    });
    await response.body?.cancel();
    return response.ok;
  } catch {
    // Counted by its outcome, and measured by the SDK as a failed call.
    return false;
  }
}
