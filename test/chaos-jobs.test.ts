import { createServer } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { root } from './support/repository.ts';

interface Row {
  readonly fault: string;
  readonly job?: number;
  readonly ok: boolean;
  readonly why?: readonly string[];
}
interface Fault {
  readonly name: string;
}
interface Stack {
  run(fault: Fault): Promise<Row>;
  stop(): Promise<void>;
}
interface PortBlock {
  readonly stack: Readonly<Record<string, number>>;
  readonly notifications: number;
  replica(number: number): number;
}

const load = <T>(file: string) =>
  import(pathToFileURL(join(root, 'scripts/chaos', file)).href) as Promise<T>;
const { shareOut } = await load<{
  shareOut(options: {
    readonly faults: readonly Fault[];
    readonly inOrder?: readonly Fault[];
    readonly jobs: number;
    readonly signal: AbortSignal;
    start(job: number): Promise<Stack>;
  }): Promise<Row[]>;
}>('share-out.mjs');
const { portBlocks } = await load<{ portBlocks(count: number): Promise<PortBlock[]> }>(
  'port-blocks.mjs',
);

const faults = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ name }));
const { signal } = new AbortController();

/** Stacks that write down what they do; `run` may say otherwise. */
function stacks(run: (job: number, fault: string) => Promise<void> = async () => {}) {
  const done: string[] = [];
  const start = async (job: number): Promise<Stack> => {
    done.push(`${job} starts`);
    return {
      async run({ name }) {
        await run(job, name);
        done.push(`${job} ${name}`);
        return { fault: name, ok: true };
      },
      stop: async () => void done.push(`${job} stops`),
    };
  };
  return { done, start };
}

test('one stack does all faults in their order, and is stopped', async () => {
  const { done, start } = stacks();
  const rows = await shareOut({ faults, jobs: 1, start, signal });
  expect(done).toEqual(['1 starts', '1 a', '1 b', '1 c', '1 d', '1 e', '1 stops']);
  expect(rows).toEqual(faults.map(({ name }) => ({ fault: name, job: 1, ok: true })));
});

test('stacks share the faults out: each is done once, the longest first, and the table keeps its order', async () => {
  const first = Promise.withResolvers<void>();
  const { done, start } = stacks((job, name) => {
    if (name === 'd') first.resolve();
    return job === 1 ? first.promise : Promise.resolve();
  });
  const inOrder = [...faults].reverse();
  const rows = await shareOut({ faults, inOrder, jobs: 2, start, signal });
  expect(rows.map(({ fault, ok }) => [fault, ok])).toEqual(faults.map(({ name }) => [name, true]));
  expect(rows.find(({ fault }) => fault === 'e')?.job).toBe(1);
  expect(new Set(rows.map(({ job }) => job))).toEqual(new Set([1, 2]));
  expect(done.filter((text) => / [a-e]$/.test(text))).toHaveLength(faults.length);
  expect(done.filter((text) => text.endsWith('stops')).sort()).toEqual(['1 stops', '2 stops']);
});

test('a stack that fails is taken out, and the others do the rest', async () => {
  const { done, start } = stacks(async (_, name) => {
    if (name === 'a') throw new Error('Prometheus does not come back');
  });
  const rows = await shareOut({ faults, jobs: 2, start, signal });
  expect(rows[0]).toMatchObject({
    ...{ fault: 'a', job: 1, ok: false, why: ['Prometheus does not come back'] },
  });
  expect(rows.slice(1).map(({ ok, job }) => [ok, job])).toEqual(Array(4).fill([true, 2]));
  expect(done).toContain('1 stops');
});

test('where no stack is left, what was not done says so', async () => {
  const failing = {
    start: async () => {
      throw new Error('no port');
    },
  };
  const rows = await shareOut({ faults, jobs: 3, ...failing, signal });
  expect(rows).toEqual(
    faults.map(({ name }) => ({ fault: name, ok: false, why: ['not run: no port'] })),
  );
});

test('an interrupt ends it: every stack that was started is stopped', async () => {
  const interrupt = new AbortController();
  const { done, start } = stacks(async () => interrupt.abort());
  await shareOut({ faults, jobs: 2, start, signal: interrupt.signal });
  expect(done).toEqual(['1 starts', '1 a', '1 stops']);
});

test('no two stacks have a port in common, and none is one that a kernel gives to anybody', async () => {
  const ports = (await portBlocks(4)).flatMap(({ stack, notifications, replica }) => [
    ...Object.values(stack),
    notifications,
    ...[1, 2, 3, 10].map(replica),
  ]);
  expect(new Set(ports).size).toBe(ports.length);
  expect(ports.length).toBe(4 * 19);
  expect(Math.min(...ports)).toBeGreaterThan(1_024);
  expect(Math.max(...ports)).toBeLessThan(32_768);
});

test('a block has a port for every one of the stack, all of them free', async () => {
  const { PORT_TABLE } = (await import(
    pathToFileURL(join(root, 'packages/cli/src/stack/ports.ts')).href
  )) as { PORT_TABLE: object };
  const [block] = await portBlocks(1);
  expect(Object.keys(block?.stack ?? {}).sort()).toEqual(Object.keys(PORT_TABLE).sort());
  const server = createServer();
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(block?.notifications, '127.0.0.1', resolve);
  });
});
