import { runtimeMeters as meters } from './runtime-meters.ts';

const known = new Set<string>();

/** What keeps the event loop alive, counted by kind; a kind that is gone is 0. */
export function observeActiveResources(): void {
  const counts = new Map<string, number>();
  for (const type of process.getActiveResourcesInfo()) {
    counts.set(type, (counts.get(type) ?? 0) + 1);
    known.add(type);
  }
  for (const type of known) {
    meters.activeResources.set(counts.get(type) ?? 0, { 'v8js.resource.type': type });
  }
}
