/** What took too long. Its code is that of a connection that did, so that it is answered 503. */
class NotInTime extends Error {
  readonly code = 'ETIMEDOUT';
}

/**
 * Rejects when `work` has not ended after so many seconds. It is not cut off and may still succeed: a database that hangs
 * says neither yes nor no.
 */
export async function inTime<T>(seconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new NotInTime(`Expected the database to answer in ${seconds} s, got no answer`));
    }, seconds * 1_000);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
