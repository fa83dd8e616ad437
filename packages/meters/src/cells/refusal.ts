/** Why a recording was refused: the values of `reason` of `bellwether.meters.refused`. */
export const REFUSALS = [
  'not_a_finite_number',
  'negative',
  'unknown_attribute',
  'unknown_value',
  'missing_attribute',
  'replay_overflow',
] as const;

export type Refusal = (typeof REFUSALS)[number];
