// The guard as a process of its own, without the other commands: listen, upstream and token file are its arguments.
import { commandLine, processContext } from '../context.ts';
import { runGuard } from './run-guard.ts';

const [listen = '', upstream = '', tokenFile = ''] = commandLine();
await runGuard({ listen, upstream, tokenFile }, processContext());
