import type { Exception } from '@opentelemetry/api';

/** What may be said of an error: how it ends a span, and the event that is recorded. */
export interface ToldError {
  readonly message: string | undefined;
  readonly exception: Exception;
}

/**
 * What an instrumentation may say of an error that it met: kind and place always, its words only when `withMessages`, or when they are Node.js' own
 * about a connection or a file (`connect ECONNREFUSED 127.0.0.1:1`). Words of databases and applications quote data.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/registry/attributes/exception/
 */
export function toldError(error: unknown, withMessages: boolean): ToldError {
  if (typeof error !== 'object' || error === null) {
    return withMessages
      ? { message: String(error), exception: String(error) }
      : { message: undefined, exception: { name: typeof error } };
  }
  const { name, code, message, stack, syscall } = error as Partial<NodeJS.ErrnoException>;
  const kind = {
    name: typeof name === 'string' && name !== '' ? name : 'Error',
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
  };
  const text = typeof message === 'string' ? message : undefined;
  if (withMessages || typeof syscall === 'string') {
    return {
      message: text,
      exception: {
        ...kind,
        ...(text !== undefined && { message: text }),
        ...(typeof stack === 'string' && { stack }),
      },
    };
  }
  const frames = typeof stack === 'string' ? framesOf(stack) : '';
  return {
    message: undefined,
    exception: { ...kind, ...(frames !== '' && { stack: `${kind.name}\n${frames}` }) },
  };
}

/** The lines of a stack that say where, without the words before them, which may have lines of their own that look alike. */
function framesOf(stack: string): string {
  const lines = stack.split('\n');
  const words = lines.findLastIndex((line) => !frame.test(line));
  return lines.slice(words + 1).join('\n');
}

/** A line as V8 writes it; its place is a file with line and column, or code of V8 itself. */
const frame = /^ {4}at .*(?::\d+:\d+\)?|\(<anonymous>\)|\(native\)|\(index \d+\))$/;
