const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** Whether a text has what a log, a mail or a terminal could take for a line end, a command, or a turn of direction. */
export function hasUnseen(text: string): boolean {
  return unseen.test(text);
}
