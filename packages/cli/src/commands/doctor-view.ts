import { Listr } from 'listr2';
import type { Context } from '../context.ts';
import { deferred } from '../deferred.ts';
import type { Check } from '../doctor/check.ts';

/** Shows which check runs. */
export interface DoctorView {
  started(check: Check): void;
  /** What a slow check waits for. */
  say(text: string): void;
  /** Leaves the screen as it is. */
  finish(): Promise<void>;
}

/** One line that changes for a person at a terminal; otherwise a line on stderr when a check begins to wait. */
export function doctorView(context: Context): DoctorView {
  return context.interactive ? changingLine() : linesView(context);
}

function linesView(context: Context): DoctorView {
  let waiting = false;
  return {
    started: () => {
      waiting = false;
    },
    say: (text) => {
      if (!waiting) context.err(text);
      waiting = true;
    },
    finish: async () => {},
  };
}

function changingLine(): DoctorView {
  const over = deferred<void>();
  let show = (_text: string) => {};
  let title = '';
  const list = new Listr(
    [
      {
        title: 'looking',
        task: async (_, task) => {
          show = (text) => {
            task.title = text;
          };
          await over.promise;
        },
      },
    ],
    { rendererOptions: { clearOutput: true } },
  );
  const done = list.run().catch(() => {});
  return {
    started: (check) => {
      title = check.title;
      show(title);
    },
    say: (text) => show(`${title}: ${text}`),
    finish: async () => {
      over.resolve();
      await done;
    },
  };
}
