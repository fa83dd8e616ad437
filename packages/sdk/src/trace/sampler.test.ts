import { ROOT_CONTEXT } from '@opentelemetry/api';
import { TraceIdRatioBasedSampler } from '@opentelemetry/sdk-trace';
import { describe, expect, test } from 'vitest';
import { newSpanId, newTraceId } from './ids.ts';
import { isSampled, samplerFrom } from './sampler.ts';

const from = (variables: Record<string, string>) => samplerFrom(new Map(Object.entries(variables)));

describe('samplers', () => {
  test.each([0, 0.001, 0.25, 0.5, 0.999, 1])('a share of %d is upstream’s', (share) => {
    const upstream = new TraceIdRatioBasedSampler(share);
    const ids = ['0'.repeat(31).concat('1'), 'f'.repeat(32), 'F'.repeat(32)];
    for (let i = 0; i < 2_000; i++) ids.push(newTraceId());
    for (const id of ids) {
      const { decision } = upstream.shouldSample(ROOT_CONTEXT, id);
      expect(isSampled(id, share), id).toBe(decision === 2);
    }
  });

  test('by the variables, and as upstream without them', () => {
    const name = 'OTEL_TRACES_SAMPLER';
    const arg = 'OTEL_TRACES_SAMPLER_ARG';
    expect(from({})).toEqual({ followsParent: true, share: 1 });
    expect(from({ [name]: 'always_off' })).toEqual({ followsParent: false, share: 0 });
    expect(from({ [name]: 'always_on' })).toEqual({ followsParent: false, share: 1 });
    expect(from({ [name]: 'parentbased_traceidratio', [arg]: '0.25' })).toEqual({
      followsParent: true,
      share: 0.25,
    });
  });
});

test('ids are hexadecimal, long enough and never the same', () => {
  const seen = new Set<string>();
  for (let i = 0; i < 5_000; i++) {
    const [traceId, spanId] = [newTraceId(), newSpanId()];
    expect(traceId).toMatch(/^[\da-f]{32}$/);
    expect(spanId).toMatch(/^[\da-f]{16}$/);
    seen.add(traceId).add(spanId);
  }
  expect(seen.size).toBe(10_000);
});
