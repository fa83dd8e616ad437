import type { ReactNode } from 'react';
import { showDateTime, showShort, zone } from '../numbers/format-time.ts';
import type { PanelScope } from '../panel/panel-scope.ts';

interface Props {
  readonly title: string;
  readonly description: string;
  readonly scope?: PanelScope;
  readonly children?: ReactNode;
}

/** What a view is about, and of which time. */
export function ViewHead({ title, description, scope, children }: Props) {
  return (
    <div className="view-head">
      <div>
        <h1>{title}</h1>
        <p>{description}</p>
      </div>
      {children}
      {scope !== undefined && (
        <p
          className="view-time"
          title={`${showDateTime(scope.window.from)} to ${showDateTime(scope.window.to)}, ${zone}`}
        >
          {showShort(scope.window.from)} – {showShort(scope.window.to)}
          <span> · {zone}</span>
        </p>
      )}
    </div>
  );
}
