/**
 * Which thread this is. `node:worker_threads` brings all of `node:stream` along, so it is loaded only where Node.js has loaded what every worker talks through: in
 * the main thread of most programs it has not.
 */
export function isMainThread(): boolean {
  return !mayBeWorker() || process.getBuiltinModule('node:worker_threads').isMainThread;
}

/** The thread in which Node.js runs module hooks (`module.register`): nothing of the application runs there. */
export function isInternalThread(): boolean {
  return mayBeWorker() && process.getBuiltinModule('node:worker_threads').isInternalThread;
}

function mayBeWorker(): boolean {
  const loaded: unknown = Reflect.get(process, 'moduleLoadList');
  return !Array.isArray(loaded) || loaded.includes('NativeModule internal/worker/io');
}
