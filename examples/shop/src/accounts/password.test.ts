import { expect, test } from 'vitest';
import { hashPassword, verifyPassword } from './password.ts';

test('the password is right, any other is wrong, and equal ones look different', async () => {
  const hash = await hashPassword('correct horse');
  expect(hash).toMatch(/^scrypt\$16384\$8\$1\$/);
  expect(await verifyPassword('correct horse', hash)).toBe(true);
  expect(await verifyPassword('correct horsf', hash)).toBe(false);
  expect(await hashPassword('correct horse')).not.toBe(hash);
});

test('the same text in another Unicode form is the same password', async () => {
  const hash = await hashPassword('caf\u00e9 au lait');
  expect(await verifyPassword('cafe\u0301 au lait', hash)).toBe(true);
});

test.each(['', 'seeded', 'scrypt$', 'scrypt$16384$8$1$$', 'scrypt$16384$8$1$AAAA$AAAA'])(
  'nothing opens %j',
  async (hash) => {
    expect(await verifyPassword('', hash)).toBe(false);
    expect(await verifyPassword('seeded', hash)).toBe(false);
  },
);
