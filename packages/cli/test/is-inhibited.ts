import { pollUntil } from '@bellwether/testkit';
import type { AlertmanagerUnderTest, Labels } from './alertmanager-under-test.ts';

/** A pair of which the second is held back for certain. */
const seen = { alertname: 'SeenByNow', deployment_environment_name: 'production' };
const known = [
  { ...seen, severity: 'critical' },
  { ...seen, severity: 'warning' },
] as const;

/**
 * Whether the second is held back while the first fires; ends both. Alertmanager takes in what holds others back one after another, and not at once:
 * what it says counts when it holds back what was posted after them.
 */
export async function isInhibited(
  alertmanager: AlertmanagerUnderTest,
  source: Labels,
  target: Labels,
): Promise<boolean> {
  const posted = [source, target, ...known];
  for (const labels of posted) await alertmanager.post([{ labels }]);
  const held = await pollUntil(async () => {
    const all = await alertmanager.held();
    const find = (labels: Labels) =>
      all.find((one) => JSON.stringify(sorted(one.labels)) === JSON.stringify(sorted(labels)));
    const isTakenIn = (find(known[1])?.status.inhibitedBy.length ?? 0) > 0;
    const [first, second] = [find(source), find(target)];
    return isTakenIn && first !== undefined && second?.status.state !== 'unprocessed' && second;
  });
  for (const labels of posted) await alertmanager.resolve(labels);
  await pollUntil(async () => (await alertmanager.held()).length === 0);
  return held.status.inhibitedBy.length > 0;
}

const sorted = (labels: Labels) => Object.entries(labels).sort();
