import { z } from 'zod';

/** A text of 1 to `max` characters that PostgreSQL can hold: without NUL, which it refuses in any text. */
export const text = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .refine((value) => !value.includes('\0'), 'Expected a text without NUL (U+0000)');
