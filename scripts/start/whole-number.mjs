/** The value of an option. Throws unless it is a whole number in that range. */
export function wholeNumber(name, text, least, most) {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new Error(`Expected ${name} to be a whole number from ${least} to ${most}, got ${text}`);
}
