/** Secrets that one knows by their shape, wherever they stand: JSON web tokens, keys of well-known services. */
export const knownSecrets = new RegExp(
  [
    String.raw`\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?`,
    String.raw`\b(?:sk|pk|rk|whsec)_(?:live_|test_)?[A-Za-z0-9]{16,}`,
    String.raw`\bsk-[\w-]{20,}`,
    String.raw`\bgh[pousr]_[A-Za-z0-9]{20,}`,
    String.raw`\bgithub_pat_\w{20,}`,
    String.raw`\b(?:glpat|xox[abeprs])-[\w-]{10,}`,
    String.raw`\bnpm_[A-Za-z0-9]{20,}`,
    String.raw`\b(?:AKIA|ASIA)[A-Z0-9]{16}\b`,
    String.raw`\bAIza[\w-]{30,}`,
    String.raw`\bSG\.[\w-]{16,}\.[\w-]{16,}`,
  ].join('|'),
  'g',
);

/** Addresses of mail, also percent-encoded. Bounded, so that a hostile text costs no more than its length. */
export const mailAddresses =
  /[\w.+-]{1,64}(?:@|%40)[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}/g;

/** What may be the number of a card: 13 to 19 digits, perhaps in groups. */
export const cardNumbers = /(?<![\w.])\d(?:[ -]?\d){12,18}(?![\w.])/g;

/** Whether the digits carry the check digit of card numbers (Luhn): one number in ten does by chance. */
export function isCardNumber(text: string): boolean {
  const digits = text.replace(/\D/g, '');
  let sum = 0;
  for (let place = 0; place < digits.length; place++) {
    const digit = Number(digits[digits.length - 1 - place]);
    const value = place % 2 === 0 ? digit : digit * 2;
    sum += value > 9 ? value - 9 : value;
  }
  return digits.length >= 13 && digits.length <= 19 && sum % 10 === 0;
}
