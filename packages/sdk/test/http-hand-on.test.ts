import { startOtlpReceiver } from '@bellwether/testkit';
import { describe, expect, test } from 'vitest';
import { completeWithSdk, nodes } from './run-with-sdk.ts';

describe.each(nodes)('%s', (node) => {
  test('headers of a request that are handed on are replaced, not repeated, and no value of them becomes a header', async () => {
    const receiver = await startOtlpReceiver();
    const program = await completeWithSdk(receiver, { file: 'http-hand-on.mjs', node });
    const lines = program.stdout.trim().split('\n');
    expect(lines).toHaveLength(5);

    const sent = new Set(
      receiver.spans({ kind: 'client' }).map(({ traceId, spanId }) => `00-${traceId}-${spanId}-01`),
    );
    for (const line of lines) {
      const headers = JSON.parse(line.slice(line.indexOf(' '))) as string[];
      const valuesOf = (name: string) =>
        headers.filter((_, index) => index % 2 === 1 && headers[index - 1]?.toLowerCase() === name);
      expect(valuesOf('x-evil'), line).toEqual([]);
      expect(valuesOf('tracestate'), line).toEqual(['a=$&X-Evil: 1']);
      expect(valuesOf('traceparent'), line).toHaveLength(1);
      expect(sent, line).toContain(valuesOf('traceparent')[0]);
    }
  });
});
