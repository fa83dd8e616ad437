import type { IncomingHttpHeaders } from 'node:http';
import { OTHER } from '@bellwether/meters/runtime';

/**
 * The country that the edge names, in capitals. `__other__` for none, for what is no ISO 3166 two-letter code, and for `XX`, by
 * which edges say that they do not know.
 */
export function countryIn(headers: IncomingHttpHeaders, header: string): string {
  const claimed = headers[header];
  if (typeof claimed !== 'string' || !/^[a-z]{2}$/i.test(claimed)) return OTHER;
  const code = claimed.toUpperCase();
  return code === 'XX' ? OTHER : code;
}
