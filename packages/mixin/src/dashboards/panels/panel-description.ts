/** What every panel tells a person who never saw it. Whole sentences; Markdown is allowed. */
export interface PanelDescription {
  /** What is drawn, of whom, over which time. */
  readonly shows: string;
  /** Why anybody should look: what is at stake for users or for the business. */
  readonly matters: string;
  /** What to do when it looks wrong, the first step first. */
  readonly act: string;
}

/** The three headings that the style lint looks for. */
export const DESCRIPTION_PARTS = ['What:', 'Why:', 'What to do:'] as const;

/** The text behind the (i) of a panel. */
export function describe({ shows, matters, act }: PanelDescription): string {
  const [what, why, todo] = DESCRIPTION_PARTS;
  return `**${what}** ${shows}\n\n**${why}** ${matters}\n\n**${todo}** ${act}`;
}
