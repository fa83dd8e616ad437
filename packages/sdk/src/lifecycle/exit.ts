import { diag } from '@opentelemetry/api';
import type { OtlpRequest } from '../export/outbox.ts';
import type { Undo } from '../instrumentations/environment.ts';
import { sendLastWords } from './last-words.ts';

/**
 * Delivers what is left when the process exits at once: `process.exit()`, an uncaught exception, an unhandled rejection.
 *
 * Listening to `exit` only, and not to the errors, leaves output and exit code as they are. Listeners of the application come first,
 * also those that are added later. Nothing is sent when there are none, and `isFlushed` says that the end came after a flush.
 */
export function deliverOnExit(
  lastRequests: () => OtlpRequest[],
  timeoutMs: () => number,
  isFlushed: () => boolean,
): Undo {
  let alone = process.listenerCount('exit') === 0;
  let undone = false;
  const listener = () => {
    if (alone && isFlushed()) return;
    try {
      sendLastWords(lastRequests(), timeoutMs());
    } catch (error) {
      diag.error('the last telemetry is lost', error);
    }
  };
  const moveToEnd = () => {
    if (undone) return;
    process.off('exit', listener);
    process.on('exit', listener);
  };
  const onNewListener = (event: unknown, added: unknown) => {
    if (event !== 'exit' || added === listener) return;
    alone = false;
    queueMicrotask(moveToEnd);
  };
  process.on('exit', listener);
  process.on('newListener', onNewListener);
  return () => {
    undone = true;
    process.off('newListener', onNewListener);
    process.off('exit', listener);
  };
}
