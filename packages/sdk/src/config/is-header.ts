import { validateHeaderName, validateHeaderValue } from 'node:http';

/** Whether HTTP can carry it; with one that it can't, every request fails. */
export function isHeader(name: string, value: string): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}
