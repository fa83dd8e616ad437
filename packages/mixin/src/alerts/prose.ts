/** Blocks of Markdown, with an empty line between them. */
export const blocks = (...parts: readonly string[]): string => parts.join('\n\n');

/** A numbered list, most likely first. */
export const steps = (...items: readonly string[]): string =>
  items.map((item, i) => `${i + 1}. ${item}`).join('\n');

/** Queries to paste into Prometheus or Grafana. Made of the same functions as rules and panels, they outlive a rename. */
export const promql = (...queries: readonly string[]): string => fenced('promql', queries);

export const shell = (...commands: readonly string[]): string => fenced('sh', commands);

export const sql = (...statements: readonly string[]): string => fenced('sql', statements);

function fenced(language: string, lines: readonly string[]): string {
  return [`\`\`\`${language}`, ...lines, '```'].join('\n');
}

/** `0.05` as `5 %`. */
export const percent = (share: number): string => `${Number((share * 100).toPrecision(3))} %`;
