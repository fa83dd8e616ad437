// The process that owns the servers of one stack: started by startStack in a session of its own, so that a terminal's
// Ctrl-C reaches only the command in front. It ends, with all that it started, when told to, at a signal, and when the
// process that started it is gone, however it went, unless that one has said `detach`.
import { CliError } from '../cli-error.ts';
import { parentChannel, processContext } from '../context.ts';
import { tryLock } from '../lock.ts';
import { RunningStack } from './running-stack.ts';
import { lockFile } from './state-file.ts';
import type {
  FromSupervisor,
  ServiceRequest,
  StartRequest,
  ToSupervisor,
} from './supervisor-messages.ts';

const context = processContext();
const parent = parentChannel();
const send = (message: FromSupervisor) => parent.send(message);
let stack: RunningStack | undefined;
let release = () => {};
let detached = false;
let ending: Promise<never> | undefined;

function end(code: number): Promise<never> {
  ending ??= (async () => {
    try {
      await stack?.stop();
    } finally {
      release();
    }
    return parent.exit(code);
  })();
  return ending;
}

async function start(request: StartRequest): Promise<void> {
  try {
    const lock = tryLock(lockFile(request.dataDir), context.pid);
    if (typeof lock !== 'function') {
      throw new CliError(
        'ERR_STACK_RUNNING',
        `Expected no stack on ${request.dataDir}, got one that runs (process ${lock.pid}); use it, stop it by \`bellwether stack down\`, or name another folder by --data.`,
      );
    }
    release = lock;
    stack = new RunningStack(context, request, send);
    send({ type: 'ready', ports: await stack.start() });
  } catch (error) {
    if (ending !== undefined) return;
    context.err(error instanceof Error ? `${error.stack}` : String(error));
    send({ type: 'failed', ...failureOf(error) });
    await end(1);
  }
}

async function changeService({ type, id, service, signal }: ServiceRequest): Promise<void> {
  try {
    if (type === 'start-service') await stack?.startService(service);
    else await stack?.stopService(service, signal);
    send({ type: 'service-done', id });
  } catch (error) {
    send({ type: 'service-done', id, failure: failureOf(error) });
  }
}

const failureOf = (error: unknown) => ({
  code: error instanceof CliError ? error.code : ('ERR_SUPERVISOR' as const),
  message: error instanceof Error ? error.message : String(error),
});

context.onStopSignal(() => void end(0));
parent.onFatal((error) => {
  context.err(error instanceof Error ? `${error.stack}` : String(error));
  void end(1);
});
parent.onDisconnect(() => {
  if (!detached) void end(0);
});
parent.onMessage((message) => {
  const { type } = message as ToSupervisor;
  if (type === 'start') void start(message as StartRequest);
  if (type === 'stop-service' || type === 'start-service') {
    void changeService(message as ServiceRequest);
  }
  if (type === 'stop') void end(0);
  if (type === 'detach') {
    detached = true;
    parent.disconnect();
  }
});
send({ type: 'listening' });
