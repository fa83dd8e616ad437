// The preload: node --import @bellwether/sdk/register app.js
//
// The only file of this package that does something when it is imported. Every thread that runs application code starts
// its own SDK; the thread in which Node.js runs module hooks does not. On a Node.js that is too old the program runs as it
// would without us: nothing else is loaded before the version is known, because it might not even parse.
import { isInternalThread } from './lifecycle/this-thread.ts';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 15)) {
  process.stderr.write(
    `bellwether: Expected Node.js 22.15 or later, got ${process.versions.node}; the program runs without telemetry.\n`,
  );
} else if (!isInternalThread()) {
  const { startSdk } = await import('./start-sdk.ts');
  await startSdk();
}
