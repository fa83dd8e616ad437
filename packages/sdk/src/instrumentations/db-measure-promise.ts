/**
 * Calls, and says when the promise of the result is settled or the call has thrown; `onEnd` must not throw.
 *
 * Whoever gets the promise meets its rejection: one that nobody handles stays unhandled. What is no promise, as what a test put in place of the
 * method returns, is given back as it is.
 */
export function measurePromise<T>(
  call: () => Promise<T>,
  onEnd: (failed: { readonly value: unknown } | undefined) => void,
): Promise<T> {
  let promise: Promise<T>;
  try {
    promise = call();
  } catch (value) {
    onEnd({ value });
    throw value;
  }
  if (typeof promise?.then !== 'function') {
    onEnd(undefined);
    return promise;
  }
  return promise.then(
    (result) => {
      onEnd(undefined);
      return result;
    },
    (value) => {
      onEnd({ value });
      throw value;
    },
  );
}
