import fc from 'fast-check';
import { hostileText } from './hostile-text.ts';

const refuse = () => {
  throw new Error('a trap of the value');
};

/** Objects whose every touch throws, or never ends. */
const traps: readonly (() => unknown)[] = [
  () => Object.defineProperty({}, 'status', { enumerable: true, get: refuse }),
  () => ({ valueOf: refuse, toString: refuse, toJSON: refuse, [Symbol.toPrimitive]: refuse }),
  () =>
    new Proxy({}, { get: refuse, has: refuse, ownKeys: refuse, getOwnPropertyDescriptor: refuse }),
  () => new Proxy([], { get: refuse }),
  () => new Proxy(() => 1, { apply: refuse, get: refuse }),
  () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  },
  () => {
    const loop: Record<string, unknown> = {};
    loop.self = loop;
    return loop;
  },
  () => Object.create(null),
  () => JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1}'),
  () => Object.create({ status: 'paid' }),
  () => new Map([['status', 'paid']]),
  () => new Date(Number.NaN),
  () => Symbol('s'),
  () => 10n ** 30n,
  () => refuse,
];

const numbers = fc.constantFrom(
  ...[Number.NaN, -0, 0, -1, 1e308, 5e-324, 2 ** 53, -(2 ** 63), 2 ** 64],
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
);

/**
 * Makes any value of JavaScript, also objects that throw when they are looked at: fast-check, which looks at what it makes, gets
 * to see the functions only.
 */
export function hostileValue(): fc.Arbitrary<() => unknown> {
  const plain = fc.oneof(
    { weight: 3, arbitrary: hostileText() },
    { weight: 3, arbitrary: fc.oneof(numbers, fc.double()) },
    { weight: 2, arbitrary: fc.anything({ withBigInt: true, withNullPrototype: true }) },
    fc.constantFrom(undefined, null, true, false),
  );
  return fc.oneof(
    { weight: 4, arbitrary: plain.map((value) => () => value) },
    fc.constantFrom(...traps),
  );
}
