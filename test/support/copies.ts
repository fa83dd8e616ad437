import { readFileSync } from 'node:fs';

/** Two copies of one of these have two states: a patch is applied twice, a registration is lost. */
const oneCopyOnly = /^(@opentelemetry\/.+|import-in-the-middle|require-in-the-middle)$/;

/**
 * The allowed exception: @prisma/instrumentation pins an older `instrumentation` and the `import-in-the-middle` that goes with
 * it. Only Prisma's own spans run through that pair, and it is loaded only where @prisma/client is.
 */
const allowed = new Set([
  'node_modules/@prisma/instrumentation/node_modules/@opentelemetry/instrumentation',
  'node_modules/@prisma/instrumentation/node_modules/import-in-the-middle',
]);

export interface Copies {
  /** Packages of which there is more than one, with where they are. */
  readonly duplicates: Readonly<Record<string, readonly string[]>>;
  /** Every name that there is. */
  readonly names: readonly string[];
  /** Exceptions that were made use of. */
  readonly exceptions: readonly string[];
}

/** Reads a package-lock.json, or the node_modules/.package-lock.json that npm leaves in an installed project. */
export function copiesIn(lockFile: string): Copies {
  const { packages } = JSON.parse(readFileSync(lockFile, 'utf8')) as {
    readonly packages: Readonly<Record<string, { readonly version?: string; link?: boolean }>>;
  };
  const places = new Map<string, string[]>();
  const exceptions: string[] = [];
  for (const [place, { version }] of Object.entries(packages)) {
    const name = place.split('node_modules/').at(-1) ?? '';
    if (!place.includes('node_modules/') || !oneCopyOnly.test(name)) continue;
    if (allowed.has(place)) exceptions.push(place);
    else places.set(name, [...(places.get(name) ?? []), `${place}@${version}`]);
  }
  return {
    duplicates: Object.fromEntries([...places].filter(([, copies]) => copies.length > 1)),
    names: [...places.keys()].sort(),
    exceptions: exceptions.sort(),
  };
}
