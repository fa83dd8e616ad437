/** Characters that a terminal or a log takes for more than text: controls, line ends of every kind, turns of direction, half characters. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu;

/** A line of the SDK's own; what others say in it may be megabytes. */
const LONGEST = 2_000;

/** Text as one line that can neither end itself nor command a terminal, of at most 2,000 characters. */
export function plainLine(text: string): string {
  const line = text.slice(0, LONGEST).replaceAll(unseen, ' ');
  return text.length > LONGEST ? `${line}...` : line;
}
