/** What a browser may choose. Absent is all. */
export interface Choices {
  readonly environment?: string;
  readonly service?: string;
  readonly route?: string;
}

/** How long the windows of a query are, in whole seconds. */
export interface Windows {
  /** Of rates at each moment. */
  readonly window: number;
  /** The whole time range. */
  readonly range: number;
}

/** A template of the catalog as PromQL. A choice becomes an equality, never a regular expression. */
export function fillTemplate(
  template: string,
  choices: Choices,
  { window, range }: Windows,
): string {
  return template.replace(
    /=~"\$(environment|service|route)"|\$(window|range)\b/g,
    (_all, choice: keyof Choices | undefined, length: 'window' | 'range' | undefined) => {
      if (choice === undefined) return `${length === 'window' ? window : range}s`;
      const value = choices[choice];
      return value === undefined ? '=~".*"' : `=${quote(value)}`;
    },
  );
}

/** A string literal of PromQL, which escapes as Go does. Alertmanager's matchers have the same. */
export const quote = (text: string): string =>
  `"${text.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`;
