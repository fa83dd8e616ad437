import { pollUntil } from '@bellwether/testkit';
import type { ShopUnderTest } from './shop-under-test.ts';

/** A metric as the receiver has it now, summed over all other attributes. */
export function counted(
  { receiver }: Pick<ShopUnderTest, 'receiver'>,
  name: string,
  attributes: Record<string, string> = {},
): number {
  return receiver
    .points(name, attributes)
    .reduce((sum, { value, count }) => sum + (value ?? count ?? 0), 0);
}

/** Waits until everything measured before has arrived: two more exports. */
export async function exported({ receiver }: Pick<ShopUnderTest, 'receiver'>): Promise<void> {
  const exports = () => receiver.requests.filter(({ signal }) => signal === 'metrics').length;
  const enough = exports() + 2;
  await pollUntil(() => exports() >= enough, { message: 'two more exports', timeoutMs: 25_000 });
}
