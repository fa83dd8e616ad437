import type { ChildProcess } from 'node:child_process';
import { CliError } from '../cli-error.ts';
import type { FromSupervisor, ServiceRequest } from './supervisor-messages.ts';

/** Asks the supervisor to stop or start one server, and waits for its answer. Throws what went wrong there. */
export function serviceRequests(
  supervisor: ChildProcess,
): (request: Omit<ServiceRequest, 'id'>) => Promise<void> {
  let last = 0;
  return (request) =>
    new Promise((done, fail) => {
      last += 1;
      const id = last;
      const forget = () => {
        supervisor.off('message', answered);
        supervisor.off('disconnect', gone);
      };
      const gone = () => {
        forget();
        fail(
          new CliError(
            'ERR_SUPERVISOR',
            `Expected the stack's supervisor to answer ${request.type} ${request.service}, got its end.`,
          ),
        );
      };
      const answered = (message: FromSupervisor) => {
        if (message.type !== 'service-done' || message.id !== id) return;
        forget();
        if (message.failure === undefined) done();
        else fail(new CliError(message.failure.code, message.failure.message));
      };
      supervisor.on('message', answered);
      supervisor.once('disconnect', gone);
      if (!supervisor.connected) return gone();
      supervisor.send({ ...request, id }, () => {});
    });
}
