import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { allAlerts, resolveSpec } from '@bellwether/mixin';
import { runProgram } from '@bellwether/testkit';
import { expect, test } from 'vitest';
import shop from '../examples/shop/monitoring.ts';
import { root } from './support/repository.ts';

interface Fault {
  readonly fault: string;
  readonly alerts: readonly string[];
}

/** Raised by the notification service, not by a rule. */
const raised = 'HeartbeatMissing';

test('every alert that pages has a fault that brings it about, and each fault is about one that pages', async () => {
  const { faults } = (await import(pathToFileURL(join(root, 'scripts/drill/faults.mjs')).href)) as {
    readonly faults: readonly Fault[];
  };
  const paging = allAlerts(resolveSpec(shop))
    .flatMap(({ alerts }) => alerts)
    .filter(({ severity }) => severity === 'critical')
    .map(({ name }) => name);
  expect(faults.flatMap(({ alerts }) => alerts).sort()).toEqual([...paging, raised].sort());
});

test.each([
  [['--time-scale', '0'], 2, /Expected --time-scale to be a whole number from 1 to 60, got 0\./],
  [['--what'], 2, /--what/],
  [['--only', 'Watchdog'], 1, /Expected --only to name alerts that page \(.+\), got Watchdog/],
])('npm run drill %s is refused', async (args, code, message) => {
  const program = runProgram({ file: 'scripts/drill.mjs', args, cwd: root, timeoutMs: 60_000 });
  expect(await program.exited).toEqual({ code, signal: null });
  expect(program.stderr).toMatch(message);
});
