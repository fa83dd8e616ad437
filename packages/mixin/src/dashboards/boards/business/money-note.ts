/** Stands in every panel about money. */
export const AMOUNTS =
  'In major units of each currency by ISO 4217: euros, not cents, but yen as they are. Currencies are never added up.';
