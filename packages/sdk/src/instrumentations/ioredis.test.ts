import { trace } from '@opentelemetry/api';
import { expect, test } from 'vitest';
import type { Patch } from '../modules/on-module-load.ts';
import type { InstrumentationEnvironment } from './environment.ts';
import { instrumentIoredis } from './ioredis.ts';

test('of two copies, as a queue brings one along, the second leaves the first patched', () => {
  const patches: Patch[] = [];
  const undo = instrumentIoredis({
    tracer: () => trace.getTracer('test'),
    onModuleLoad: (_: unknown, patch: Patch) => patches.push(patch),
  } as unknown as InstrumentationEnvironment);
  const copies = [1, 2].map(() => ({
    Redis: class {
      sendCommand() {}
    },
  }));
  const originals = copies.map(({ Redis }) => Redis.prototype.sendCommand);
  for (const copy of copies) patches[0]?.(copy, '5.0.0');
  for (const [index, { Redis }] of copies.entries())
    expect(Redis.prototype.sendCommand).not.toBe(originals[index]);
  undo();
  for (const [index, { Redis }] of copies.entries())
    expect(Redis.prototype.sendCommand).toBe(originals[index]);
});
