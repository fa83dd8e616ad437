import { createHash, timingSafeEqual } from 'node:crypto';

/** Compares two secrets. Equal digests of equal length: the time taken says nothing about where two texts differ. */
export function sameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
