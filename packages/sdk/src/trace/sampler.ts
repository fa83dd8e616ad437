import type { StandardSettings } from '../config/read-standard.ts';

/** Which traces are recorded, as `OTEL_TRACES_SAMPLER` names it. None of these looks at a span's name, kind or attributes. */
export interface Sampler {
  /** Whether a span does as its parent does. Without a parent, and when false, `share` decides. */
  readonly followsParent: boolean;
  /** The share of traces from 0 to 1. */
  readonly share: number;
}

/** The sampler that the variables ask for; what upstream takes when they are not set. */
export function samplerFrom(settings: StandardSettings): Sampler {
  const ratio = share(Number(settings.get('OTEL_TRACES_SAMPLER_ARG') ?? 1));
  switch (settings.get('OTEL_TRACES_SAMPLER')) {
    case 'always_on':
      return { followsParent: false, share: 1 };
    case 'always_off':
      return { followsParent: false, share: 0 };
    case 'traceidratio':
      return { followsParent: false, share: ratio };
    case 'parentbased_always_off':
      return { followsParent: true, share: 0 };
    case 'parentbased_traceidratio':
      return { followsParent: true, share: ratio };
    default:
      return { followsParent: true, share: 1 };
  }
}

function share(ratio: number): number {
  return Number.isNaN(ratio) ? 0 : Math.min(1, Math.max(0, ratio));
}

/** Whether a trace is among the share: the same answer in every service, and the one that upstream's samplers give. */
export function isSampled(traceId: string, share: number): boolean {
  if (share >= 1) return true;
  if (share <= 0) return false;
  let folded = 0;
  for (let i = 0; i < 32; i += 8) folded ^= Number.parseInt(traceId.slice(i, i + 8), 16);
  return folded >>> 0 < Math.floor(share * 0xffff_ffff);
}
