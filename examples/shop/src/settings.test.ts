import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSettings } from './settings.ts';

const complete = {
  DATABASE_URL: 'postgres://shop:secret@127.0.0.1:5432/shop',
  REDIS_URL: 'redis://127.0.0.1:6379',
  JWT_SECRET: 'a secret of thirty-two characters',
};

test('three variables are enough', () => {
  expect(readSettings(complete)).toMatchObject({
    port: 3000,
    host: '127.0.0.1',
    adminToken: undefined,
    paymentUrl: undefined,
    databaseConnections: 10,
    cacheSeconds: 30,
  });
});

test('everything wrong is said at once, and no value is quoted', () => {
  const read = () =>
    readSettings({
      ...complete,
      DATABASE_URL: 'mysql://u:hidden@h',
      JWT_SECRET: 'short',
      PORT: 'x',
    });
  expect(read).toThrow(/DATABASE_URL.*JWT_SECRET|JWT_SECRET.*DATABASE_URL/s);
  expect(read).toThrow(/PORT/);
  expect(read).not.toThrow(/hidden|short/);
});

test('an empty variable is none', () => {
  expect(() => readSettings({ ...complete, JWT_SECRET: '' })).toThrow(/JWT_SECRET/);
});

test('a secret may come from a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'settings-'));
  const file = join(folder, 'secret');
  writeFileSync(file, 'a secret of thirty-two characters, in a file\n');
  const { JWT_SECRET: _, ...others } = complete;
  const { jwtSecret } = readSettings({ ...others, JWT_SECRET_FILE: file });
  expect(new TextDecoder().decode(jwtSecret)).toBe('a secret of thirty-two characters, in a file');
  rmSync(folder, { recursive: true });
});
