import { type ReceivedSpan, startOtlpReceiver } from '@bellwether/testkit';
import { expect } from 'vitest';
import type { Library } from './libraries.ts';
import { completeWithSdk } from './run-with-sdk.ts';

/** Runs the program of a library, of this folder or `path`, and compares what came with what the library's row says. */
export async function expectLibrarySeen(library: Library, path = library.file): Promise<void> {
  const { env, spans, prints } = library;
  const receiver = await startOtlpReceiver();
  const { stdout } = await completeWithSdk(receiver, { file: path, env, timeoutMs: 120_000 });
  expect(stdout.trim()).toBe(prints);
  const names = new Map(receiver.spans().map(({ spanId, name }) => [spanId, name]));
  const brief = ({ name, parentSpanId, attributes }: ReceivedSpan) =>
    `${name} in ${names.get(parentSpanId ?? '') ?? 'nothing'} of ${attributes['tenant.id'] ?? 'nobody'}`;
  const made = receiver.spans().filter(({ scope }) => scope.name.startsWith('@opentelemetry/'));
  expect([...new Set(made.map(brief))].sort()).toEqual(spans);
}
