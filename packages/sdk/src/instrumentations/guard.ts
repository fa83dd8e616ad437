import { diag } from '@opentelemetry/api';

/**
 * Wraps what we do inside a call of the host: a failure of ours is said by `diag` and never thrown.
 *
 * @example
 * channel.subscribe('http.client.request.created', guard('http client', onCreated));
 */
export function guard<Arguments extends unknown[], Result>(
  what: string,
  work: (...args: Arguments) => Result,
): (...args: Arguments) => Result | undefined {
  return (...args) => {
    try {
      return work(...args);
    } catch (error) {
      diag.error(`Bellwether: ${what} failed; the application is not affected.`, error);
      return undefined;
    }
  };
}
