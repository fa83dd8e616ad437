import { fileURLToPath } from 'node:url';
import type { OtlpRequest } from '../export/outbox.ts';

const sender = fileURLToPath(new URL('./last-sender.js', import.meta.url));

/**
 * Sends what is left while the process exits, when nothing asynchronous can run any more: a child process does it, and this
 * one waits for at most `timeoutMs`. Headers and keys go through its stdin, never through its arguments.
 */
export function sendLastWords(requests: readonly OtlpRequest[], timeoutMs: number): void {
  if (requests.length === 0 || timeoutMs <= 0) return;
  const { NODE_OPTIONS: _preload, ...env } = process.env;
  process.getBuiltinModule('node:child_process').spawnSync(process.execPath, [sender], {
    input: JSON.stringify(
      requests.map(({ body, ...rest }) => ({
        ...rest,
        body: Buffer.from(body).toString('base64'),
      })),
    ),
    stdio: ['pipe', 'ignore', 'ignore'],
    timeout: Math.ceil(timeoutMs),
    killSignal: 'SIGKILL',
    env,
    windowsHide: true,
  });
}
