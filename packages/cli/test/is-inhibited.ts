import { pollUntil } from '@bellwether/testkit';
import type { AlertmanagerUnderTest, Labels } from './alertmanager-under-test.ts';

/** Whether the second is held back while the first fires; ends both. */
export async function isInhibited(
  alertmanager: AlertmanagerUnderTest,
  source: Labels,
  target: Labels,
): Promise<boolean> {
  await alertmanager.post([{ labels: source }, { labels: target }]);
  const held = await pollUntil(async () => {
    const all = await alertmanager.held();
    const find = (labels: Labels) =>
      all.find((one) => JSON.stringify(sorted(one.labels)) === JSON.stringify(sorted(labels)));
    const [first, second] = [find(source), find(target)];
    return (
      first !== undefined && second !== undefined && second.status.state !== 'unprocessed' && second
    );
  });
  await alertmanager.resolve(source);
  await alertmanager.resolve(target);
  await pollUntil(async () => (await alertmanager.held()).length === 0);
  return held.status.inhibitedBy.length > 0;
}

const sorted = (labels: Labels) => Object.entries(labels).sort();
