import { Listr } from 'listr2';
import type { Context } from '../context.ts';
import { deferred } from '../deferred.ts';
import type { VerifyReport } from '../verify/verify-report.ts';

/** Shows how far the asking is. */
export interface VerifyView {
  asked(done: number, all: number): void;
  /** Something is wrong, it will be asked again. */
  waiting(report: VerifyReport, leftMs: number): void;
  /** Leaves the screen as it is. */
  finish(): Promise<void>;
}

/** A counting line for a person at a terminal; otherwise one line on stderr for every round that has to be repeated. */
export function verifyView(context: Context): VerifyView {
  return context.interactive ? countingView() : linesView(context);
}

const rounds = ({ counts }: VerifyReport, leftMs: number) =>
  `${counts.problems} problems, asking again for ${Math.ceil(leftMs / 1000)} s`;

function linesView(context: Context): VerifyView {
  return {
    asked: () => {},
    waiting: (report, leftMs) => context.err(rounds(report, leftMs)),
    finish: async () => {},
  };
}

function countingView(): VerifyView {
  const over = deferred<void>();
  let say = (_text: string) => {};
  let prefix = '';
  const list = new Listr([
    {
      title: 'ask Prometheus',
      task: async (_, task) => {
        say = (text) => {
          task.title = `ask Prometheus ${text}`;
        };
        await over.promise;
      },
    },
  ]);
  const done = list.run().catch(() => {});
  return {
    asked: (asked, all) => say(`${prefix}${asked} of ${all}`),
    waiting: (report, leftMs) => {
      prefix = `${rounds(report, leftMs)}: `;
      say(prefix);
    },
    finish: async () => {
      over.resolve();
      await done;
    },
  };
}
