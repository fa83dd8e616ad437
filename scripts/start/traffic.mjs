import { runTraffic } from '../../examples/shop/dist/traffic/index.js';

/** Load on every replica of the shop, `rate` requests a second together; returns what was done once it has ended. */
export function startTraffic({ shops, tenants, rate, seconds = 86_400, seed, signal }) {
  return Promise.all(
    shops.map(({ address }, index) =>
      runTraffic({
        target: address,
        tenants,
        ratePerSecond: rate / shops.length,
        durationSeconds: seconds,
        seed: seed + index,
        signal,
      }),
    ),
  );
}
