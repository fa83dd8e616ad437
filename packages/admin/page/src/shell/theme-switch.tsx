import { Icon } from './icon.tsx';
import { choose, type Theme, useTheme } from './theme.ts';

const next: Readonly<Record<Theme, Theme>> = { auto: 'dark', dark: 'light', light: 'auto' };
const words: Readonly<Record<Theme, string>> = {
  auto: 'as the system',
  dark: 'dark',
  light: 'light',
};
const icons = { auto: 'auto', dark: 'moon', light: 'sun' } as const;

/** Goes round the three choices; remembered. */
export function ThemeSwitch() {
  const { choice } = useTheme();
  const label = `Colours: ${words[choice]}. Change to ${words[next[choice]]}.`;
  return (
    <button
      type="button"
      className="icon-button"
      title={label}
      aria-label={label}
      onClick={() => choose(next[choice])}
    >
      <Icon name={icons[choice]} />
    </button>
  );
}
