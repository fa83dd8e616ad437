import { useSyncExternalStore } from 'react';

export type Theme = 'auto' | 'light' | 'dark';

const KEY = 'bellwether-theme';
const listeners = new Set<() => void>();
const system = matchMedia('(prefers-color-scheme: dark)');
system.addEventListener('change', () => apply(chosen()));

/** What the reader chose; `auto` follows the system. A browser that keeps nothing follows it too. */
export function chosen(): Theme {
  try {
    const kept = localStorage.getItem(KEY);
    return kept === 'light' || kept === 'dark' ? kept : 'auto';
  } catch {
    return 'auto';
  }
}

export function choose(theme: Theme): void {
  try {
    if (theme === 'auto') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    // Private windows may refuse: the choice holds until the page is left.
  }
  apply(theme);
}

/** Sets what the style sheet looks at. */
export function apply(theme: Theme): void {
  const isDark = theme === 'dark' || (theme === 'auto' && system.matches);
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
  document.documentElement.dataset.choice = theme;
  for (const changed of listeners) changed();
}

function subscribe(changed: () => void): () => void {
  listeners.add(changed);
  return () => listeners.delete(changed);
}

const current = () =>
  `${document.documentElement.dataset.theme} ${document.documentElement.dataset.choice}`;

/** The theme that is shown, and the one that was chosen. */
export function useTheme(): { readonly shown: 'light' | 'dark'; readonly choice: Theme } {
  const [shown, choice] = useSyncExternalStore(subscribe, current).split(' ');
  return {
    shown: shown === 'dark' ? 'dark' : 'light',
    choice: choice === 'dark' || choice === 'light' ? choice : 'auto',
  };
}
