import type { Alert } from '../api/answers.ts';
import { serverNow } from '../api/server-clock.ts';
import { showDateTime, showDuration } from '../numbers/format-time.ts';
import { SeverityMark } from '../panel/severity-mark.tsx';
import { Icon } from '../shell/icon.tsx';

interface Props {
  readonly alert: Alert;
  /** Absent for those who may not. */
  readonly onSilence?: () => void;
}

const severities = { critical: 'critical', warning: 'warning' } as const;

export function AlertRow({ alert, onSilence }: Props) {
  const started = Date.parse(alert.startsAt) / 1000;
  const severity = severities[alert.severity as keyof typeof severities] ?? 'none';
  const isQuiet = alert.state === 'suppressed';
  const isSilenced = isQuiet && alert.silencedBy.length > 0;
  return (
    <li className={`card alert alert-${severity} ${isQuiet ? 'is-quiet' : ''}`}>
      <div className="alert-main">
        <p className="alert-line">
          <SeverityMark severity={severity} word={capital(alert.severity || 'info')} />
          {isSilenced && (
            <span className="chip">
              <Icon name="silence" /> silenced
            </span>
          )}
          {isQuiet && !isSilenced && (
            <span className="chip" title="Another alert says more: nobody is told of this one.">
              part of another alert
            </span>
          )}
          <span className="alert-name">{alert.name}</span>
          <span className="alert-since" title={showDateTime(started)}>
            for {showDuration(serverNow() - started)}
          </span>
        </p>
        <h2 className="alert-summary">{alert.summary || alert.name}</h2>
        {alert.description !== '' && <p className="alert-description">{alert.description}</p>}
        <p className="alert-labels">
          {alert.tenant && (
            <span>
              tenant <b>{alert.tenant}</b>
            </span>
          )}
          {alert.service && (
            <span>
              service <b>{alert.service}</b>
            </span>
          )}
          {alert.environment && (
            <span>
              environment <b>{alert.environment}</b>
            </span>
          )}
          {alert.runbook !== null && !isWebAddress(alert.runbook) && (
            <span>
              runbook <b>{alert.runbook}</b>
            </span>
          )}
        </p>
      </div>
      <div className="alert-actions">
        {isWebAddress(alert.runbook) && (
          <a className="button" href={alert.runbook} target="_blank" rel="noreferrer noopener">
            Runbook <Icon name="external" />
            <span className="visually-hidden"> of {alert.name}, opens in a new tab</span>
          </a>
        )}
        {onSilence !== undefined && !isSilenced && (
          <button type="button" className="button" onClick={onSilence}>
            Silence
            <span className="visually-hidden"> {alert.name}</span>
          </button>
        )}
      </div>
    </li>
  );
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** A runbook comes from a label: `javascript:` is not an address to follow. */
const isWebAddress = (address: string | null): address is string =>
  address !== null && /^(https?:\/\/|\.{0,2}\/)/i.test(address);
