/** ISO 4217 currencies whose minor unit is not a hundredth. */
const WHOLE = 'BIF|CLP|DJF|GNF|ISK|JPY|KMF|KRW|PYG|RWF|UGX|UYI|VND|VUV|XAF|XOF|XPF' as const;
const THOUSANDTHS = 'BHD|IQD|JOD|KWD|LYD|OMR|TND' as const;

/**
 * Amounts of minor units as people know them: cents to euros, yen as they are. `amounts` is asked for three groups of
 * currencies and must keep `currency` in its result.
 * @see https://www.iso.org/iso-4217-currency-codes.html
 */
export function majorUnits(amounts: (matchers: readonly string[]) => string): string {
  return [
    `${amounts([`currency!~"${WHOLE}|${THOUSANDTHS}"`])} / 100`,
    amounts([`currency=~"${WHOLE}"`]),
    `${amounts([`currency=~"${THOUSANDTHS}"`])} / 1000`,
  ].join(' or ');
}
