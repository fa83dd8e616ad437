import { isAbsolute } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type OtlpReceiver,
  type Program,
  type RunProgramOptions,
  runProgram,
} from '@bellwether/testkit';

/** The Node binaries that the matrix runs with: `TEST_NODES`, comma-separated, or the one that runs the tests. */
export const nodes: readonly string[] = process.env.TEST_NODES?.split(',') ?? [process.execPath];

/** Starts a program of `test/programs` (or another, by its absolute path) under the preload, which sends to the receiver. */
export function runWithSdk(
  receiver: OtlpReceiver,
  { file, env, ...options }: RunProgramOptions & { readonly file: string },
): Program {
  return runProgram({
    file: isAbsolute(file) ? file : fileURLToPath(new URL(`programs/${file}`, import.meta.url)),
    imports: ['@bellwether/sdk/register'],
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_SERVICE_NAME: 'test',
      OTEL_METRIC_EXPORT_INTERVAL: '60000',
      BELLWETHER_PREAMBLE: 'false',
      ...env,
    },
    ...options,
  });
}

/** Runs it to its end, and fails with what it printed when it did not end well. */
export async function completeWithSdk(
  ...[receiver, options]: Parameters<typeof runWithSdk>
): Promise<Program> {
  const program = runWithSdk(receiver, options);
  const { code, signal } = await program.exited;
  if (code !== 0) {
    throw new Error(
      `Expected ${options.file} to end with 0, got ${signal ?? code}\n${program.stdout}\n${program.stderr}`,
    );
  }
  return program;
}
