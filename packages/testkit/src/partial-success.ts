import type { Signal } from './otlp-messages.ts';

const REJECTED = {
  traces: 'rejectedSpans',
  metrics: 'rejectedDataPoints',
  logs: 'rejectedLogRecords',
} as const;
const MESSAGE = 'the receiver is told to refuse them';

/** The body of an answer that says that `rejected` items of a request were not taken; an empty one for 0. */
export function partialSuccess(signal: Signal, json: boolean, rejected: number): string | Buffer {
  if (rejected === 0) return json ? '{}' : '';
  if (json)
    return JSON.stringify({
      partialSuccess: { [REJECTED[signal]]: String(rejected), errorMessage: MESSAGE },
    });
  const message = Buffer.from(MESSAGE);
  const body = [0x08, ...varint(rejected), 0x12, message.length, ...message];
  return Buffer.from([0x0a, body.length, ...body]);
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)];
}
