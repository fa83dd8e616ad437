import { execFile } from 'node:child_process';
import type { Environment } from '../doctor-context.ts';

const DEADLINE_MS = 10_000;

/**
 * What the application's own SDK says about these variables when it is loaded, one line each. It starts nothing: it checks its
 * settings before it looks at the switch that turns it off.
 */
export function sdkSays(
  nodeFile: string,
  folder: string,
  env: Environment,
): Promise<readonly string[]> {
  const given = Object.entries(env).filter(([name]) => name !== 'NODE_OPTIONS');
  const off = env.OTEL_SDK_DISABLED ? 'BELLWETHER_ENABLED' : 'OTEL_SDK_DISABLED';
  const switched = { [off]: String(off === 'OTEL_SDK_DISABLED') };
  return new Promise((said, failed) => {
    execFile(
      nodeFile,
      ['--import', '@bellwether/sdk/register', '--eval', ''],
      {
        cwd: folder,
        env: { ...Object.fromEntries(given), ...switched },
        timeout: DEADLINE_MS,
        maxBuffer: 1_048_576,
      },
      (error, _, stderr) => {
        const lines = stderr
          .split('\n')
          .map((line) => line.trim())
          .filter((line) => line !== '');
        if (error === null) return said(lines);
        failed(new Error(lines.find((line) => /Error/.test(line)) ?? error.message.split('\n')[0]));
      },
    );
  });
}
