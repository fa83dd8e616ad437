/** What an ill Collector may make us say: one line for each signal and cause. */
const ownLine = /^bellwether error: .*\[ERR_EXPORT(_DROPPED)?\]\n/gm;
/** A stack shows how Node loads a program, which a preload changes by itself; the native one has addresses. */
const loading = /^ *(at|\d+:) .*((node:internal|sdk\/dist)\/|0x).*\n/gm;
/** The default of BELLWETHER_FLUSH_TIMEOUT. */
const deadline = 2;

/** The promises that an end broke, in words; none is well. `slack`: seconds that the machine itself may take. */
export function judgeExit({ way, state, run, bare, received, slack }) {
  const problems = [];
  const how = ({ signal, code }) => signal ?? `code ${code}`;
  const mayEndBy = state.delivers ? [] : (way.mayEndBy ?? []);
  if (how(run) !== how(bare) && !mayEndBy.includes(run.signal))
    problems.push(`ended by ${how(run)}, without us by ${how(bare)}`);
  if (run.stdout !== bare.stdout)
    problems.push(
      `printed ${JSON.stringify(run.stdout)}, without us ${JSON.stringify(bare.stdout)}`,
    );
  const said = (state.state === 'up' ? run.stderr : run.stderr.replace(ownLine, '')).replace(
    loading,
    '',
  );
  const bareSaid = bare.stderr.replace(loading, '');
  if (said !== bareSaid)
    problems.push(`said ${JSON.stringify(said)}, without us ${JSON.stringify(bareSaid)}`);
  const flush = Math.min(state.seconds(deadline) * (way.flushes ?? 1), way.atMost ?? deadline);
  const limit = flush + (way.own ?? 0) + slack;
  if (!(run.seconds <= limit))
    problems.push(`took ${run.seconds.toFixed(2)} s, at most ${limit.toFixed(2)} s were promised`);
  if (state.delivers && way.records !== undefined) {
    for (const [signal, count] of Object.entries(received))
      if (count !== way.records) problems.push(`${count} of ${way.records} ${signal} arrived`);
  }
  return problems;
}

/** What the Collector got of what the program recorded. Spans and logs that were on their way may come twice. */
export function receivedOf(receiver, records = 0) {
  const points = receiver.points('end.done').map(({ value }) => value);
  return {
    metrics: points.reduce((total, value) => total + value, 0),
    spans: Math.min(receiver.spans({ name: 'work' }).length, Math.max(records, 0)),
    logs: Math.min(receiver.logs().length, Math.max(records, 0)),
  };
}
