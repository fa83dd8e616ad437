import type { Faults } from '../faults/fault-plan.ts';

/** Cards that the gateway knows: as with a real one in test mode, the card says what happens. */
export const cards = ['card_ok', 'card_declined'] as const;
export type Card = (typeof cards)[number];

/** A payment gateway that moves no money. */
export function charge(
  card: Card,
  faults: Faults,
  random: () => number = Math.random,
): 'paid' | 'declined' {
  if (card === 'card_declined') return 'declined';
  const { declinedPaymentsRatio } = faults.current();
  return declinedPaymentsRatio > 0 && random() < declinedPaymentsRatio ? 'declined' : 'paid';
}
