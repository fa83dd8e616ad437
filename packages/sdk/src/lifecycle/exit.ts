import { diag } from '@opentelemetry/api';
import type { OtlpRequest } from '../export/outbox.ts';
import type { Undo } from '../instrumentations/environment.ts';
import { sendLastWords } from './last-words.ts';

/**
 * Delivers what is left when the process exits at once: `process.exit()`, an uncaught exception, an unhandled rejection.
 *
 * Listening to `exit` only, and not to the errors, leaves output and exit code as they are. Nothing is sent when
 * `isFlushed` says that the end came after a flush.
 */
export function deliverOnExit(
  lastRequests: () => OtlpRequest[],
  timeoutMs: () => number,
  isFlushed: () => boolean,
): Undo {
  const listener = () => {
    if (isFlushed()) return;
    try {
      sendLastWords(lastRequests(), timeoutMs());
    } catch (error) {
      diag.error('the last telemetry is lost', error);
    }
  };
  process.on('exit', listener);
  return () => process.off('exit', listener);
}
