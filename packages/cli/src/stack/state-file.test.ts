import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { processIdentity } from '../process-identity.ts';
import { stackStatus } from './stack-status.ts';
import { claimDataFolder, readState, type StackState, writeState } from './state-file.ts';
import { stopStack } from './stop-stack.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'state-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const state = (change: Partial<StackState> = {}): StackState => ({
  format: 1,
  startedAt: '2026-11-21T00:00:00.000Z',
  ports: { prometheus: 9090, postgres: 5432 },
  services: [{ name: 'prometheus', state: 'ready' }],
  ...change,
});

test('what is written is read, by its owner only', () => {
  writeState(folder, state());
  expect(readState(folder)).toEqual(state());
  expect(statSync(join(folder, 'stack.json')).mode & 0o777).toBe(0o600);
});

test.each(['', '{', 'null', '[]', '{"format":2}'])('a file with %j is none of ours', (text) => {
  writeFileSync(join(folder, 'stack.json'), text);
  expect(readState(folder)).toBeUndefined();
});

test('a folder that can not be made is said, with what to do', () => {
  writeFileSync(join(folder, 'file'), '');
  for (const path of ['file', 'file/below']) {
    expect(() => claimDataFolder(join(folder, path))).toThrow(
      /^Expected the data folder .*file.* that we can write to, got E\w+; .*--data\.$/,
    );
  }
});

test('a folder with other things in it is neither taken nor removed', async () => {
  writeFileSync(join(folder, 'thesis.txt'), 'dear');
  expect(() => claimDataFolder(folder)).toThrow(/to be new, empty or of an earlier stack.*thesis/);
  await expect(stopStack(folder, { volumes: true })).rejects.toMatchObject({
    code: 'ERR_DATA_FOLDER',
  });
  expect(existsSync(join(folder, 'thesis.txt'))).toBe(true);
});

test('a folder of an earlier stack is taken again', () => {
  claimDataFolder(folder);
  expect(() => claimDataFolder(folder)).not.toThrow();
});

test('a process id that now belongs to another process is not the supervisor, and is left alone', async () => {
  const self = processIdentity(process.pid);
  writeState(folder, state({ supervisor: { pid: process.pid, startTime: 'another life' } }));
  expect(stackStatus(folder)).toMatchObject({ state: 'stopped', services: [{ state: 'stopped' }] });
  expect(await stopStack(folder)).toEqual({ wasRunning: false });
  expect(processIdentity(process.pid)).toEqual(self);
});

test('the status of one that runs has addresses without the password', () => {
  const supervisor = processIdentity(process.pid);
  if (supervisor === undefined) throw new Error('this process runs');
  writeFileSync(join(folder, 'postgres-password'), 'secret');
  writeState(folder, state({ supervisor }));
  const status = stackStatus(folder);
  expect(status).toMatchObject({ state: 'running', pid: process.pid });
  expect(status.addresses).toEqual({
    prometheus: 'http://127.0.0.1:9090',
    postgres: 'postgresql://bellwether@127.0.0.1:5432/bellwether',
  });
});

test('one service that ended makes it degraded', () => {
  const supervisor = processIdentity(process.pid);
  const services: StackState['services'] = [
    { name: 'redis', state: 'ready' },
    {
      name: 'prometheus',
      state: 'exited',
      exit: { code: 2, signal: null, at: '', lastLines: ['no'] },
    },
  ];
  writeState(folder, state({ services, ...(supervisor && { supervisor }) }));
  expect(stackStatus(folder).state).toBe('degraded');
});
