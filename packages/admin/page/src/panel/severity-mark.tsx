import { Icon } from '../shell/icon.tsx';
import { type Severity, severityWords } from './severity.ts';

const icons = { ok: 'check', warning: 'warning', critical: 'critical', none: 'info' } as const;

/** A status as sign, word and colour together. */
export function SeverityMark({
  severity,
  word,
}: {
  readonly severity: Severity;
  readonly word?: string;
}) {
  if (severity === 'none' && word === undefined) return null;
  return (
    <span className={`mark mark-${severity}`}>
      <Icon name={icons[severity]} /> {word ?? severityWords[severity]}
    </span>
  );
}
