// Ctrl-C and SIGTERM end the bench and all that it started: what runs in processes of its own listens to this signal, or dies with this process.
const stopping = new AbortController();

/** Aborted when the bench is told to stop. */
export const stopSignal = stopping.signal;

/** From now on SIGINT and SIGTERM stop the children and end this process, with the exit code that shells expect. */
export function stopOnSignals() {
  for (const [signal, number] of [
    ['SIGINT', 2],
    ['SIGTERM', 15],
  ]) {
    process.once(signal, () => {
      stopping.abort();
      process.stderr.write('\nstopped\n');
      process.exit(128 + number);
    });
  }
}
