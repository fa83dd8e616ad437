import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';

interface Props {
  readonly tone: 'warning' | 'critical' | 'info';
  readonly title: string;
  readonly children: ReactNode;
  readonly action?: { readonly title: string; readonly run: () => void };
}

/** Something about the whole page that its reader has to know before believing a number. */
export function Banner({ tone, title, children, action }: Props) {
  return (
    <div className={`banner banner-${tone}`} role={tone === 'critical' ? 'alert' : 'status'}>
      <Icon name={tone === 'info' ? 'info' : tone} />
      <p>
        <strong>{title}</strong> {children}
      </p>
      {action !== undefined && (
        <button type="button" className="button" onClick={action.run}>
          {action.title}
        </button>
      )}
    </div>
  );
}
