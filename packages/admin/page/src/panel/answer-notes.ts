import type { InstantAnswer, RangeAnswer } from '../api/answers.ts';
import type { PanelScope } from './panel-scope.ts';

/** What a reader has to know of an answer besides its numbers; nothing, mostly. */
export function answerNotes(
  data: RangeAnswer | InstantAnswer | undefined,
  { place }: PanelScope,
): string | undefined {
  if (data === undefined) return undefined;
  const notes = [
    ...(place.tenant !== undefined && data.tenant === null
      ? ['Of all tenants: this can\u2019t be told for one.']
      : []),
    ...(data.truncated ? ['There is too much to show: only some is.'] : []),
    ...data.warnings,
  ];
  return notes.length === 0 ? undefined : notes.join(' ');
}
