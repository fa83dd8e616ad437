import { type ReactNode, use, useId, useState } from 'react';
import type { Panel } from '../api/answers.ts';
import type { Problem } from '../api/problem.ts';
import { showDuration } from '../numbers/format-time.ts';
import { Icon } from '../shell/icon.tsx';

import { HeadingLevel } from './heading-level.ts';

export interface CardAction {
  readonly title: string;
  readonly icon: 'table' | 'chart' | 'download' | 'image' | 'external';
  readonly run: () => void;
  readonly isPressed?: boolean;
}

interface Props {
  readonly panel: Pick<Panel, 'id' | 'title' | 'description'>;
  readonly kind: string;
  readonly children: ReactNode;
  readonly actions?: readonly CardAction[];
  readonly problem?: Problem | undefined;
  /** Seconds since the newest sample, where that is too long ago. */
  readonly staleSeconds?: number | undefined;
  readonly note?: ReactNode;
}

/** The frame of every panel: title, what it means, what can be done with it, and what is wrong with its numbers. */
export function PanelCard({
  panel,
  kind,
  children,
  actions = [],
  problem,
  staleSeconds,
  note,
}: Props) {
  const id = useId();
  const Heading = `h${use(HeadingLevel)}` as const;
  const [isExplained, explain] = useState(false);
  return (
    <article className={`card card-${kind}`} aria-labelledby={id} data-panel={panel.id}>
      <header className="card-head">
        <Heading id={id} className="card-title" title={panel.title}>
          {panel.title}
        </Heading>
        {staleSeconds !== undefined && (
          <span className="chip chip-warning" title="No newer sample has arrived.">
            <Icon name="clock" /> {showDuration(staleSeconds)} old
          </span>
        )}
        {problem !== undefined && (
          <span className="chip chip-critical" title={`${problem.message} ${problem.hint}`}>
            <Icon name="warning" /> not refreshed
          </span>
        )}
        <div className="card-actions">
          {panel.description !== '' && (
            <button
              type="button"
              className="icon-button"
              aria-expanded={isExplained}
              aria-label={`What ${panel.title} means`}
              onClick={() => explain(!isExplained)}
            >
              <Icon name="info" />
            </button>
          )}
          {actions.map(({ title, icon, run, isPressed }) => (
            <button
              key={title}
              type="button"
              className="icon-button"
              aria-label={`${title}: ${panel.title}`}
              aria-pressed={isPressed}
              title={title}
              onClick={run}
            >
              <Icon name={icon} />
            </button>
          ))}
        </div>
      </header>
      {isExplained && <p className="card-description">{panel.description}</p>}
      {children}
      {note !== undefined && <p className="card-note">{note}</p>}
    </article>
  );
}
