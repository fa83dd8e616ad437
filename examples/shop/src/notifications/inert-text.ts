/** Control and invisible characters, halves of characters, line ends of every kind, and those that turn the direction of what follows. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\s]+/gu;

const schemes = /\b(mailto|javascript|vbscript|data|file|tel|sms):(?=\S)/gi;
/** Names that mail and chat programs take for a place without being asked: of the domains most in use, and before a path or a port. */
const bareNames =
  /(?<=[\p{L}\p{N}-])\.(?=(?:com|net|org|info|biz|io|dev|app|co|me|xyz|top|online|site|shop|link|click|ru|cn|de|uk|fr|eu|us)(?![\w.-])|[a-z]{2,63}[/:?#])/giu;

/**
 * One line of text that somebody else wrote, made harmless for people and for what shows it: no control or direction characters,
 * no line ends, none of the addresses that mail and chat programs make links of by themselves, at most `max` characters.
 */
export function inertText(text: string, max = 300): string {
  const line = text
    .slice(0, max * 4)
    .replaceAll(unseen, ' ')
    .replaceAll('://', '[:]//')
    .replaceAll(/\bwww\./gi, 'www[.]')
    .replaceAll(schemes, '$1[:]')
    .replaceAll(bareNames, '[.]')
    .trim();
  const characters = [...line];
  return characters.length <= max ? line : `${characters.slice(0, max - 1).join('')}…`;
}

/**
 * A link from an annotation, when it leads to one of our own places; otherwise undefined. An annotation may contain the value of
 * a label, so a link is never followed by us and never shown only because it is there.
 */
export function ownLink(text: string, origins: readonly string[]): string | undefined {
  if (text.length > 2_000 || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  const own = origins.includes(url.origin) && url.username === '' && url.password === '';
  return own ? url.href.replaceAll(/[<>|"'`\\^{}\s]/g, percentEncoded) : undefined;
}

const percentEncoded = (character: string) =>
  `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
