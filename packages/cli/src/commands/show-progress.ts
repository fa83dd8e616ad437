import { Listr } from 'listr2';
import type { Context } from '../context.ts';
import { deferred } from '../deferred.ts';
import type { ServiceName } from '../stack/service-names.ts';
import type { StackProgress } from '../stack/supervisor-messages.ts';

/** Shows the steps of a start. */
export interface ProgressView {
  show(progress: StackProgress): void;
  /** Leaves the screen as it is, also when steps are missing. */
  finish(): Promise<void>;
}

/** A list of steps with running times for a person at a terminal; otherwise one line per news, on stderr. */
export function progressView(context: Context, services: readonly ServiceName[]): ProgressView {
  return context.interactive ? listView(services) : linesView(context);
}

function linesView(context: Context): ProgressView {
  let last = '';
  return {
    show: ({ message }) => {
      if (message !== last) context.err(message);
      last = message;
    },
    finish: async () => {},
  };
}

function listView(services: readonly ServiceName[]): ProgressView {
  const steps = ['prepare', 'start'].flatMap((verb) => services.map((name) => `${verb} ${name}`));
  const reports = new Map(steps.map((step) => [step, stepReport()] as const));
  const list = new Listr(
    steps.map((step) => ({
      title: step,
      task: async (_, task) => {
        const { began, settled } = reports.get(step) as StepReport;
        await began;
        const start = performance.now();
        const since = () => Math.round((performance.now() - start) / 1_000);
        const tick = setInterval(() => {
          task.title = since() < 1 ? step : `${step} ${since()} s`;
        }, 1_000);
        const update = (text: string) => {
          task.output = text;
        };
        reports.get(step)?.onDetail(update);
        try {
          const seconds = await settled;
          if (typeof seconds === 'string') task.skip(seconds);
          else if (seconds === undefined) task.skip();
          else task.title = `${step} ${seconds} s`;
        } finally {
          clearInterval(tick);
        }
      },
    })),
    { concurrent: true, exitOnError: false, rendererOptions: { collapseErrors: false } },
  );
  const done = list.run().catch(() => {});
  return {
    show: (progress) => reports.get(progress.step)?.tell(progress),
    finish: async () => {
      for (const report of reports.values()) report.abandon();
      await done;
    },
  };
}

interface StepReport {
  readonly began: Promise<void>;
  /** The seconds that it took, why it was left out, or `undefined` when it was never done; rejects when it failed. */
  readonly settled: Promise<number | string | undefined>;
  onDetail(listener: (text: string) => void): void;
  tell(progress: StackProgress): void;
  abandon(): void;
}

function stepReport(): StepReport {
  const began = deferred<void>();
  const settled = deferred<number | string | undefined>();
  settled.promise.catch(() => {});
  let listener = (_text: string) => {};
  return {
    began: began.promise,
    settled: settled.promise,
    onDetail: (next) => {
      listener = next;
    },
    tell: ({ state, message, seconds }) => {
      began.resolve();
      if (state === 'running') listener(message);
      if (state === 'done') settled.resolve(seconds);
      if (state === 'skipped') settled.resolve(message);
      if (state === 'failed') settled.reject(new Error(message));
    },
    abandon: () => {
      began.resolve();
      settled.resolve(undefined);
    },
  };
}
