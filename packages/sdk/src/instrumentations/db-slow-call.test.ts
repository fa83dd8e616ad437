import { expect, test } from 'vitest';
import { slowCall } from './db-slow-call.ts';

const redis = { system: 'redis', namespace: '0', address: 'a', port: 6379 } as const;

test.each(['BLPOP', 'BRPOPLPUSH', 'BZPOPMIN', 'BLMOVE', 'XREAD', 'XREADGROUP', 'WAIT'])(
  '%s takes the time that it was given',
  (name) => {
    expect(slowCall({ ...redis, name })).toBeUndefined();
  },
);

test('a slow command of Redis has no table', () => {
  expect(slowCall({ ...redis, name: 'KEYS', text: () => 'KEYS ?' })?.attributes).toEqual({
    'bellwether.db.slow': true,
    'bellwether.db.fingerprint': expect.stringMatching(/^[0-9a-f]{16}$/),
  });
});

test('a slow statement has one, and nothing of its values', () => {
  const text = () => 'SELECT * FROM orders WHERE id = ?';
  const call = slowCall({ ...redis, system: 'postgresql', name: 'SELECT', text });
  expect(call?.attributes).toMatchObject({ 'db.collection.name': 'orders' });
});
