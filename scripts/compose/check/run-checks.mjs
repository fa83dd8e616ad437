import { checkClocks } from './clocks.mjs';
import { checkDisk } from './disk.mjs';
import { checkEngine } from './engine.mjs';
import { checkImages } from './images.mjs';
import { checkPort } from './port.mjs';
import { checkRunning } from './running.mjs';
import { checkSecrets } from './secrets.mjs';
import { checkSettings } from './settings.mjs';
import { checkVolumes } from './volumes.mjs';

/** In this order: each may use what an earlier one has found out. */
const checks = [
  checkEngine,
  checkClocks,
  checkSecrets,
  checkSettings,
  checkPort,
  checkImages,
  checkRunning,
  checkVolumes,
  checkDisk,
];

/**
 * Rows `{ check, status, message, hint? }` with status ok, warning, failed or skipped. `docker(...args)` and `compose(...args)` give `{ text }` or
 * `{ problem }`, `env` is what Compose sees, `root` the folder of compose.yaml.
 */
export async function runChecks({ root, env, docker, compose }) {
  const context = { root, env, docker, compose, known: {} };
  const rows = [];
  for (const check of checks) rows.push(...(await check(context)));
  return rows;
}
