import { type Channel, tracingChannel } from 'node:diagnostics_channel';
import { type Context, context, type Tracer } from '@opentelemetry/api';
import type { DbCallKind, DbFailure } from './db-call-kind.ts';
import { type RunningDbOperation, startDbOperation } from './db-operation.ts';
import { undoAll } from './db-wrap-method.ts';
import type { Undo } from './environment.ts';
import { guard } from './guard.ts';

/** The call that a message is about, on the message itself: it is made for one call and thrown away with it. */
const RUNNING = Symbol('bellwether');

interface Traced {
  [RUNNING]?: RunningDbOperation;
  readonly error?: unknown;
}

/**
 * Measures what a client of a database publishes on a tracing channel of Node's: a message is one call, or none where `kindOf` finds no kind. It
 * is the call of whoever is active, unless `callerOf` knows better.
 */
export function measureTrace<Message extends object>(
  tracer: Tracer,
  name: string,
  kindOf: (message: Message) => DbCallKind | undefined,
  failureOf: (error: unknown) => DbFailure,
  callerOf?: () => Context | undefined,
): Undo {
  const trace = tracingChannel<object>(name);
  return undoAll([
    listen(trace.start, (message: Message & Traced) => {
      const kind = kindOf(message);
      if (kind === undefined) return;
      const caller = callerOf?.();
      const start = () => startDbOperation(tracer, kind);
      message[RUNNING] = caller === undefined ? start() : context.with(caller, start);
    }),
    listen(trace.error, (message: Traced) => {
      message[RUNNING]?.end(failureOf(message.error));
    }),
    // `asyncEnd` comes after the callback of the application, whose time is not the database's.
    listen(trace.asyncStart, (message: Traced) => {
      message[RUNNING]?.end();
    }),
  ]);
}

/** Subscribes; a failure of ours is never thrown. */
export function listen<Message>(to: Channel, work: (message: Message) => void): Undo {
  const onMessage = guard(to.name.toString(), (message: unknown) => work(message as Message));
  to.subscribe(onMessage);
  return () => {
    to.unsubscribe(onMessage);
  };
}
