import { types } from 'node:util';

/** So many errors that caused one another are said. */
const MOST_CAUSES = 5;

/** What semantic conventions say of an exception; what is not known is `undefined`. */
export interface ErrorFields {
  /** Its code where it has one, as OpenTelemetry's SDK takes it; else its name. */
  readonly type?: string | undefined;
  readonly message?: string | undefined;
  /** With those of the errors that caused it. */
  readonly stacktrace?: string | undefined;
}

/** Also of another realm, as a test runner's. */
export function isError(value: unknown): value is Error {
  return types.isNativeError(value) || (!types.isProxy(value) && value instanceof Error);
}

/**
 * Of an error, of an object with the properties of one (as pino's serializer makes), or of whatever else was thrown. Throws what a getter of it throws.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/exceptions/exceptions-logs/
 */
export function errorFields(error: unknown): ErrorFields {
  if (typeof error !== 'object' || error === null) return { message: String(error) };
  const { code, name, message } = error as Readonly<Record<string, unknown>>;
  const type = code || name;
  return {
    type: type ? String(type) : undefined,
    message: message ? String(message) : undefined,
    stacktrace: stackWithCauses(error, MOST_CAUSES),
  };
}

function stackWithCauses(error: object, left: number): string | undefined {
  const { stack, cause } = error as Readonly<Record<string, unknown>>;
  if (typeof stack !== 'string' || stack === '') return undefined;
  if (typeof cause !== 'object' || cause === null || left === 0) return stack;
  const below = stackWithCauses(cause, left - 1);
  // A serializer may have written it there.
  return below === undefined || stack.includes(below) ? stack : `${stack}\ncaused by: ${below}`;
}
