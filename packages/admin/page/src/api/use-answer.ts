import { useEffect, useState } from 'react';
import { noteAnswer } from './backend-health.ts';
import { ApiProblem, type Problem, unreachable } from './problem.ts';
import { requestJson } from './request-json.ts';

export interface Answer<T> {
  /** The last good answer, also while a newer one is on its way or failed. */
  readonly data: T | undefined;
  readonly problem: Problem | undefined;
  readonly isLoading: boolean;
  /** When `data` arrived, in local milliseconds. */
  readonly at: number | undefined;
}

interface Kept<T> extends Answer<T> {
  readonly subject: string;
}

const nothing = { data: undefined, problem: undefined, isLoading: true, at: undefined } as const;

/**
 * Asks `path` and again whenever it or `tick` changes. `subject` says what the answer is about: while it stays, the old
 * answer stays on the page until the new one is there; when it changes, the page starts from a skeleton.
 */
export function useAnswer<T>(path: string | undefined, subject: string, tick: number): Answer<T> {
  const [kept, keep] = useState<Kept<T>>({ ...nothing, subject });

  // biome-ignore lint/correctness/useExhaustiveDependencies: `tick` asks the same question again.
  useEffect(() => {
    if (path === undefined) return;
    const controller = new AbortController();
    keep((old) =>
      old.subject === subject ? { ...old, isLoading: true } : { ...nothing, subject },
    );
    requestJson<T>(path, { signal: controller.signal }).then(
      (data) => {
        if (controller.signal.aborted) return;
        if (isAboutNumbers(path)) noteAnswer(undefined);
        keep({ data, problem: undefined, isLoading: false, at: Date.now(), subject });
      },
      (error: unknown) => {
        if (controller.signal.aborted) return;
        const problem = error instanceof ApiProblem ? error.problem : unreachable();
        if (isAboutNumbers(path)) noteAnswer(problem);
        keep((old) => ({ ...old, problem, isLoading: false }));
      },
    );
    return () => controller.abort();
  }, [path, subject, tick]);

  return kept.subject === subject ? kept : nothing;
}

const isAboutNumbers = (path: string) => /^(range|instant)\//.test(path);
