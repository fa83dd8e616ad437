import type { Session } from '../api/answers.ts';
import { type Place, refreshChoices } from '../place/place.ts';
import type { TimeWindow } from '../place/time-range.ts';
import { go } from '../place/use-place.ts';
import { Icon } from './icon.tsx';
import { RangePicker } from './range-picker.tsx';
import { TenantPicker } from './tenant-picker.tsx';
import { ThemeSwitch } from './theme-switch.tsx';

interface Props {
  readonly place: Place;
  readonly session: Session;
  readonly window: TimeWindow;
  readonly refreshSeconds: number;
  readonly hasRange: boolean;
  readonly onRefresh: () => void;
  readonly onMenu: () => void;
}

/** What is asked: whose numbers, from where, of which time, how often. All of it is in the address. */
export function TopBar({
  place,
  session,
  window,
  refreshSeconds,
  hasRange,
  onRefresh,
  onMenu,
}: Props) {
  return (
    <header className="top-bar">
      <button type="button" className="icon-button menu-button" aria-label="Menu" onClick={onMenu}>
        <Icon name="menu" />
      </button>
      <div className="top-scope">
        {session.role === 'super-admin' ? (
          <TenantPicker place={place} />
        ) : (
          <span className="select-button is-fixed">
            <Icon name="tenants" />
            <span className="visually-hidden">Tenant: </span>
            <span className="select-text">{session.tenant}</span>
          </span>
        )}
        {session.environments.length > 1 && (
          <label className="field">
            <span className="visually-hidden">Environment</span>
            <select
              value={place.environment ?? ''}
              onChange={({ target: { value } }) => go({ environment: value || undefined })}
            >
              <option value="">All environments</option>
              {session.environments.map((name) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        )}
      </div>
      <div className="top-time">
        {hasRange && <RangePicker place={place} window={window} />}
        {hasRange && <RefreshPicker seconds={refreshSeconds} />}
        <button
          type="button"
          className="icon-button"
          aria-label="Refresh now"
          title="Refresh now"
          onClick={onRefresh}
        >
          <Icon name="refresh" />
        </button>
        <ThemeSwitch />
      </div>
    </header>
  );
}

function RefreshPicker({ seconds: chosen }: { readonly seconds: number }) {
  const choices = [...new Set([...refreshChoices, chosen])].sort((a, b) => a - b);
  return (
    <label className="field">
      <span className="visually-hidden">Refresh</span>
      <select
        value={chosen}
        onChange={({ target: { value } }) =>
          go({ refresh: refreshChoices.find((seconds) => String(seconds) === value) })
        }
      >
        {choices.map((seconds) => (
          <option key={seconds} value={seconds}>
            {refreshText(seconds)}
          </option>
        ))}
      </select>
    </label>
  );
}

function refreshText(seconds: number): string {
  if (seconds === 0) return 'No refresh';
  return seconds < 60 ? `Every ${seconds} s` : `Every ${seconds / 60} min`;
}
