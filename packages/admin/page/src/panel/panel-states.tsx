import type { Problem } from '../api/problem.ts';
import { Icon } from '../shell/icon.tsx';

type Shape = 'stat' | 'chart' | 'rows' | 'heatmap';

/** What will be here soon, in the size that it will have, so that nothing jumps. */
export function Skeleton({ shape }: { readonly shape: Shape }) {
  return (
    <div className={`skeleton skeleton-${shape}`} aria-busy="true">
      <span className="visually-hidden">Loading</span>
    </div>
  );
}

/** Nothing to show, and that is an answer. */
export function Empty({ shape, hint }: { readonly shape: Shape; readonly hint?: string }) {
  return (
    <div className={`state state-${shape}`}>
      <p className="state-title">No data in this range</p>
      {shape !== 'stat' && (
        <p>{hint ?? 'Nothing of this was measured. Try a longer time range.'}</p>
      )}
    </div>
  );
}

/** No answer and none from before. */
export function Failed({ shape, problem }: { readonly shape: Shape; readonly problem: Problem }) {
  return (
    <div className={`state state-${shape} state-failed`} title={problem.code}>
      <p className="state-title">
        <Icon name="warning" /> {problem.title}
      </p>
      {shape !== 'stat' && (
        <p>
          {problem.message} {problem.hint}
        </p>
      )}
    </div>
  );
}
