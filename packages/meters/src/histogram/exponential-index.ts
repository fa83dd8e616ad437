// Hot: one call per recorded value of an exponential histogram. Bench: ../instruments/record.bench.ts
const bits = new DataView(new ArrayBuffer(8));
const MIN_NORMAL = 2 ** -1022;
const MIN_EXPONENT = -1022;
const MAX_EXPONENT = 1023;

/**
 * The bucket of a positive value at a scale: base^index < value <= base^(index+1), base = 2^(2^-scale).
 * Formula and edges are those of sdk-metrics' mappings, so both put a value into the same bucket.
 * https://opentelemetry.io/docs/specs/otel/metrics/data-model/#exponentialhistogram
 */
export function exponentialIndex(value: number, scale: number): number {
  bits.setFloat64(0, value);
  const high = bits.getUint32(0);
  const exponent = ((high & 0x7ff00000) >> 20) - 1023;
  const powerOfTwo = (high & 0xfffff) === 0 && bits.getUint32(4) === 0;
  if (scale <= 0) {
    const shift = -scale;
    if (value < MIN_NORMAL) return (MIN_EXPONENT >> shift) - (shift < 2 ? 1 : 0);
    return (exponent + (powerOfTwo ? -1 : 0)) >> shift;
  }
  if (value <= MIN_NORMAL) return (MIN_EXPONENT << scale) - 1;
  if (powerOfTwo) return (exponent << scale) - 1;
  const index = Math.floor(Math.log(value) * (Math.LOG2E * 2 ** scale));
  const highest = ((MAX_EXPONENT + 1) << scale) - 1;
  return Math.min(index, highest);
}
