// A parent without telemetry: forks the program, lets its channel go when that is ready, and ends as it does. EXIT_FLAGS: flags for Node.
const { fork } = require('node:child_process');

const [file, way] = process.argv.slice(2);
const child = fork(file, [way], { execArgv: JSON.parse(process.env.EXIT_FLAGS) });
child.once('message', () => child.disconnect());
child.once('exit', (code, signal) => {
  if (signal === null) process.exit(code);
  process.kill(process.pid, signal);
});
