// The preload: node --import @bellwether/sdk/register app.js
//
// The only file of this package that does something when it is imported. Every thread that runs application code starts
// its own SDK; the thread in which Node.js runs module hooks does not.
import * as threads from 'node:worker_threads';
import { startSdk } from './start-sdk.ts';

if (!threads.isInternalThread) await startSdk();
