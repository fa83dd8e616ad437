import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import monitoring from '../../examples/shop/monitoring.ts';
import { allAlerts, generateMonitoring, resolveSpec } from '../../packages/mixin/dist/index.js';

const rules = 'prometheus/rules/';

/** Writes the rules of the repository with every duration divided by `timeScale`; returns the folder and all alerts. */
export function drillRules(folder, timeScale) {
  const spec = { ...monitoring, timeScale };
  for (const { path, text } of generateMonitoring(spec)) {
    if (!path.startsWith(rules)) continue;
    const file = join(folder, path.slice(rules.length));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return { folder, alerts: allAlerts(resolveSpec(spec)).flatMap(({ alerts }) => alerts) };
}
