import type { Rolldown } from 'tsdown';

/**
 * Puts all that the entry needs at once into one file. Left to itself the bundler makes a file of every set of modules that the
 * parts which are loaded later need too, and each file costs a look-up, a read and a compilation.
 */
export function oneChunk(entry: string): Rolldown.CodeSplittingGroup {
  let needed: Set<string> | undefined;
  return {
    name: (id, context) => {
      needed ??= reachable(entry, context);
      return needed.has(id) ? 'start' : null;
    },
  };
}

function reachable(entry: string, context: Rolldown.ChunkingContext): Set<string> {
  const found = new Set<string>([entry]);
  for (const id of found) {
    for (const imported of context.getModuleInfo(id)?.importedIds ?? []) found.add(imported);
  }
  return found;
}
