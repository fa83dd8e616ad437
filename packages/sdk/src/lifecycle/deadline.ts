/**
 * Waits for work, but no longer than `ms`. Never rejects. Resolves to whether the work was done.
 *
 * `hold`: whether the waiting keeps the process alive.
 */
export async function withDeadline(
  work: Promise<unknown>,
  ms: number,
  hold = true,
): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, ms, false);
    if (!hold) timer.unref();
  });
  const done = work.then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([done, over]);
  } finally {
    clearTimeout(timer);
  }
}
