import { useEffect, useState } from 'react';
import { figureKey, type LiveFigure } from './answers.ts';
import { keepOpen } from './keep-open.ts';
import { parameters } from './request-json.ts';

export interface LiveState {
  readonly state: 'connecting' | 'open' | 'lost' | 'ended';
  readonly figures: readonly LiveFigure[];
  /** The values of each figure since the page was opened, newest last; at most `KEPT`. */
  readonly history: Readonly<Record<string, readonly (number | null)[]>>;
  readonly time: number | undefined;
  readonly problem: string | undefined;
}

const KEPT = 120;
const start: LiveState = {
  state: 'connecting',
  figures: [],
  history: {},
  time: undefined,
  problem: undefined,
};

interface FiguresEvent {
  readonly time: number;
  readonly figures: readonly LiveFigure[];
}

/** Figures as the server sends them, again after every break. */
export function useLive(tenant: string | undefined, environment: string | undefined): LiveState {
  const [live, setLive] = useState<LiveState>(start);
  useEffect(() => {
    setLive(start);
    const open = () => {
      const source = new EventSource(`./api/live?${parameters({ tenant, environment })}`);
      source.addEventListener('open', () => setLive((old) => ({ ...old, state: 'open' })));
      source.addEventListener('error', () => setLive((old) => ({ ...old, state: 'lost' })));
      source.addEventListener('figures', ({ data }: MessageEvent<string>) =>
        setLive((old) => withFigures(old, JSON.parse(data) as FiguresEvent)),
      );
      source.addEventListener('problem', ({ data }: MessageEvent<string>) =>
        setLive((old) => ({ ...old, problem: sentenceIn(data) })),
      );
      // The session is over: asking again would only be refused.
      source.addEventListener('ended', () => {
        close();
        setLive((old) => ({
          ...old,
          state: 'ended',
          problem: 'You are signed out: sign in again.',
        }));
      });
      return source;
    };
    const close = keepOpen(open);
    return close;
  }, [tenant, environment]);
  return live;
}

function withFigures({ history }: LiveState, { time, figures }: FiguresEvent): LiveState {
  const grown = Object.fromEntries(
    figures.map((figure) => {
      const key = figureKey(figure);
      return [key, [...(history[key] ?? []), figure.value].slice(-KEPT)];
    }),
  );
  return { state: 'open', figures, history: grown, time, problem: undefined };
}

function sentenceIn(data: string): string {
  try {
    const { message, error } = JSON.parse(data) as {
      message?: string;
      error?: { message?: string };
    };
    return error?.message ?? message ?? 'Prometheus does not answer.';
  } catch {
    return 'Prometheus does not answer.';
  }
}
