// The operator's Instrumentation appends `--require` of this file to NODE_OPTIONS. What instruments is register.mjs beside it, by `--import`
// of the same variable: it has to be awaited, which `--require` can not. A container that sets NODE_OPTIONS itself keeps its own value,
// and then nothing but this line would say so.
const { execArgv, env, stderr } = process;
const named = /\/register(\.m?js)?\b/.test([...execArgv, env.NODE_OPTIONS].join(' '));
if (!named)
  stderr.write(
    'bellwether: Expected NODE_OPTIONS to have --import file:///otel-auto-instrumentation-nodejs/register.mjs, got one of the container; add it there. The program runs without telemetry.\n',
  );
