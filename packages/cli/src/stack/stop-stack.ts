import { existsSync, rmSync } from 'node:fs';
import { CliError } from '../cli-error.ts';
import { endStack } from './end-stack.ts';
import { stackStatus } from './stack-status.ts';
import { readState } from './state-file.ts';

/**
 * Stops the stack on that folder, whoever started it; with `volumes` the folder is removed. Returns whether one was running.
 * Throws ERR_DATA_FOLDER where the folder exists and is none of a stack: it is never removed then.
 */
export async function stopStack(
  dataDir: string,
  { volumes = false }: { readonly volumes?: boolean } = {},
): Promise<{ readonly wasRunning: boolean }> {
  const state = readState(dataDir);
  if (state === undefined) {
    if (!existsSync(dataDir)) return { wasRunning: false };
    throw new CliError(
      'ERR_DATA_FOLDER',
      `Expected a stack's data folder, got ${dataDir}, which has no stack.json; name the folder by --data.`,
    );
  }
  const wasRunning = stackStatus(dataDir).state !== 'stopped';
  await endStack(state);
  if (volumes) rmSync(dataDir, { recursive: true, force: true });
  return { wasRunning };
}
