import { isHeader } from './is-header.ts';
import type { Row } from './table.ts';

/** A value, or what was expected in its place. */
export type Parsed = { readonly value: unknown } | { readonly expected: string };

/** Turns the text of a variable into the type of its row. */
export function parseValue(row: Row, text: string): Parsed {
  switch (row.type) {
    case 'boolean':
      return parseBoolean(text);
    case 'integer':
      return parseInteger(text, row.min, row.max, row.unit);
    case 'string':
      return { value: text };
    case 'header name':
      return isHeader(text, '') ? { value: text } : { expected: 'a name that HTTP allows' };
    case 'list':
      return { value: Object.freeze(splitList(text)) };
    case 'pattern':
      return parsePattern(text);
  }
}

/** `true` and `false` in any case, as the OpenTelemetry specification has it for its own booleans. */
export function parseBoolean(text: string): Parsed {
  const lower = text.toLowerCase();
  if (lower === 'true') return { value: true };
  if (lower === 'false') return { value: false };
  return { expected: 'true or false' };
}

export function parseInteger(text: string, min: number, max: number, unit?: string): Parsed {
  const value = Number(text);
  if (/^[+-]?\d+$/.test(text) && value >= min && value <= max) return { value };
  const range = `an integer from ${min} to ${max}`;
  return { expected: unit === undefined ? range : `${range} (${unit})` };
}

/** The non-empty parts between commas, without the spaces around them. */
export function splitList(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function parsePattern(text: string): Parsed {
  try {
    return { value: new RegExp(text) };
  } catch {
    return { expected: 'a JavaScript regular expression' };
  }
}
