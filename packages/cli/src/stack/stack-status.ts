import { isRunning } from '../process-identity.ts';
import { addressesOf, type StackAddresses } from './addresses.ts';
import { readState, type ServiceState, type StackState } from './state-file.ts';

/** What runs in a data folder, and where. */
export interface StackStatus {
  /** `running`: every service is ready. `degraded`: one has ended or is not ready. `stopped`: none runs. */
  readonly state: 'running' | 'degraded' | 'stopped';
  readonly dataDir: string;
  /** ISO 8601 of the last start. */
  readonly startedAt?: string;
  /** Process id of the supervisor. */
  readonly pid?: number;
  /** Without the password of PostgreSQL, which is in the file `postgres-password` of the data folder. */
  readonly addresses: Partial<StackAddresses>;
  readonly services: readonly ServiceState[];
}

/** What the data folder and the process table say, without asking the stack. */
export function stackStatus(dataDir: string): StackStatus {
  const state = readState(dataDir);
  if (state === undefined) return { state: 'stopped', dataDir, addresses: {}, services: [] };
  const alive = state.supervisor !== undefined && isRunning(state.supervisor);
  const services = state.services.map((service) => seen(service, alive));
  const allReady = services.every((service) => service.state === 'ready');
  return {
    state: alive ? (allReady ? 'running' : 'degraded') : 'stopped',
    dataDir,
    startedAt: state.startedAt,
    ...(alive && { pid: supervisorPid(state) }),
    addresses: alive ? addressesOf(state.ports, undefined) : {},
    services,
  };
}

const supervisorPid = ({ supervisor }: StackState) => supervisor?.pid ?? 0;

/** A supervisor that was killed could not write down that its servers went with it. */
function seen(service: ServiceState, supervised: boolean): ServiceState {
  const running = service.process !== undefined && isRunning(service.process);
  if (service.state === 'exited' || supervised || running) return service;
  return { ...service, state: 'stopped' };
}
