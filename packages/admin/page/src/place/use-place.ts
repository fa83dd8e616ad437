import { useSyncExternalStore } from 'react';
import { formatPlace, type Place, parsePlace } from './place.ts';

function subscribe(changed: () => void): () => void {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
}

let read = { hash: '\0', place: parsePlace('') };

function current(): Place {
  if (read.hash !== location.hash) read = { hash: location.hash, place: parsePlace(location.hash) };
  return read.place;
}

/** Where the page is; the address bar is the only state. */
export const usePlace = (): Place => useSyncExternalStore(subscribe, current);

/** Goes on with some parts changed, as a step that the browser's back button undoes. */
export function go(change: Partial<Place>): void {
  location.hash = formatPlace({ ...current(), ...change });
}

/** As `go`, without a step of history: for what changes with every key. */
export function adjust(change: Partial<Place>): void {
  history.replaceState(null, '', formatPlace({ ...current(), ...change }));
  window.dispatchEvent(new HashChangeEvent('hashchange'));
}
