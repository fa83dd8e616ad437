import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';

const Keys = z.record(z.string().length(64), z.string().min(1).max(64));

/** Milliseconds between two looks at the file. */
const freshFor = 1_000;

/** The tenant of an API key, by the key's SHA-256 in hexadecimal. */
export interface TenantKeys {
  readonly tenantOf: (digest: string) => string | undefined;
}

/**
 * The keys in a file, which is read again within a second of its change. One that cannot be read then changes nothing, and `onProblem` is told; at the
 * start it throws.
 */
export function openTenantKeys(file: string, onProblem: (error: unknown) => void): TenantKeys {
  let changed = statSync(file).mtimeMs;
  let keys = readKeys(file);
  let looked = performance.now();
  return {
    tenantOf: (digest) => {
      if (performance.now() - looked >= freshFor) {
        looked = performance.now();
        try {
          const { mtimeMs } = statSync(file);
          if (mtimeMs !== changed) {
            keys = readKeys(file);
            changed = mtimeMs;
          }
        } catch (error) {
          onProblem(error);
        }
      }
      return keys.get(digest);
    },
  };
}

function readKeys(file: string): ReadonlyMap<string, string> {
  return new Map(Object.entries(Keys.parse(JSON.parse(readFileSync(file, 'utf8')))));
}
