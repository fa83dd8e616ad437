/**
 * Gives each fault to one of `jobs` stacks: a stack takes the next one when it is done with the one before. `start` makes a stack
 * (`run(fault)` returns a row, `stop()` ends it); stacks are started one after another while the first ones are at work already. Returns the
 * rows in the order of `faults`. A stack that fails is taken out, and the others do what is left; what nobody did has a row that says so.
 */
export async function shareOut({ faults, inOrder = faults, jobs, start, signal }) {
  const left = [...inOrder];
  const rows = new Map();
  let failure = '';
  let before = Promise.resolve();
  const works = Array.from({ length: jobs }, (_, index) => {
    const job = index + 1;
    const starting = before.then(() => {
      if (left.length > 0 && !signal.aborted) return start(job);
    });
    before = starting.catch(() => undefined);
    return work(job, starting);
  });
  await Promise.all(works);
  return faults.map(
    ({ name }) => rows.get(name) ?? { fault: name, ok: false, why: [`not run${failure}`] },
  );

  async function work(job, starting) {
    let stack;
    try {
      stack = await starting;
      while (stack && left.length > 0 && !signal.aborted) {
        const fault = left.shift();
        const row = await stack.run(fault).catch((error) => {
          // Such as a server that does not come back: what would follow on this stack says nothing.
          rows.set(fault.name, { fault: fault.name, job, ok: false, why: [error.message] });
          throw error;
        });
        rows.set(fault.name, { ...row, job });
      }
    } catch (error) {
      failure = `: ${error.message}`;
    } finally {
      await stack?.stop();
    }
  }
}
