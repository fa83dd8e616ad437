import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { httpReady } from '../http-ready.ts';
import type { Service } from '../service.ts';

/** File in the data folder with the token of Prometheus' admin API, readable by its owner only. */
export const adminTokenFile = (dataDir: string) => join(dataDir, 'prometheus-admin-token');

/** Made at the first start of a stack that can be backed up. */
export function adminToken(dataDir: string): string {
  const file = adminTokenFile(dataDir);
  if (!existsSync(file)) {
    writeFileSync(file, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 });
  }
  return readFileSync(file, 'utf8').trim();
}

/** Part of a stack that can be backed up: at Prometheus' port, with Prometheus behind it. */
export const prometheusGuard: Service = {
  name: 'prometheus-guard',
  needs: ['prometheus'],
  program: async ({ execPath }) => execPath,
  command: (run) => ({
    file: run.program,
    args: [
      guardProgram(),
      `127.0.0.1:${run.port('prometheus')}`,
      `http://127.0.0.1:${run.port('prometheusInner')}`,
      adminTokenFile(run.dataDir),
    ],
  }),
  ready: (run) => httpReady(`http://127.0.0.1:${run.port('prometheus')}/-/ready`),
};

/** From the sources in our own tests, from the bundle everywhere else. */
function guardProgram(): string {
  const name = import.meta.url.endsWith('.ts') ? '../../guard/guard-program.ts' : './guard.js';
  return fileURLToPath(new URL(name, import.meta.url));
}
