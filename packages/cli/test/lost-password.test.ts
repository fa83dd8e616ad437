import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startStack } from '../src/index.ts';
import { claimDataFolder } from '../src/stack/state-file.ts';

test('a database whose password is lost is one clear error, and no new password is made up', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'lost-password-'));
  const password = join(dataDir, 'postgres-password');
  const start = () => startStack({ dataDir, services: ['postgres'] });
  try {
    claimDataFolder(dataDir);
    mkdirSync(join(dataDir, 'postgres/cluster'), { recursive: true });
    await expect(start()).rejects.toMatchObject({ code: 'ERR_DATA_FOLDER' });
    expect(existsSync(password)).toBe(false);
    writeFileSync(password, '');
    await expect(start()).rejects.toMatchObject({ code: 'ERR_DATA_FOLDER' });
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
});

test('a password that was never wholly written is made anew', { timeout: 60_000 }, async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'half-password-'));
  try {
    claimDataFolder(dataDir);
    writeFileSync(join(dataDir, 'postgres-password'), '');
    const stack = await startStack({ dataDir, services: ['postgres'] });
    await stack.stop();
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
});
