import type { OtlpAnswer } from '../export/otlp-answer.ts';

/** What a Collector answers in protobuf; those of all signals have one shape. Throws on what is none. */
export function readAnswer(answer: Uint8Array): OtlpAnswer {
  const partialSuccess = fieldIn(answer, 1);
  if (typeof partialSuccess !== 'object') return {};
  const rejected = fieldIn(partialSuccess, 1);
  const message = fieldIn(partialSuccess, 2);
  return {
    partialSuccess: {
      ...(typeof rejected === 'number' && { rejectedSpans: rejected }),
      ...(typeof message === 'object' && { errorMessage: new TextDecoder().decode(message) }),
    },
  };
}

/** The last value of this field, if it is a number or of its own length. */
function fieldIn(bytes: Uint8Array, field: number): Uint8Array | number | undefined {
  let found: Uint8Array | number | undefined;
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = bytes[at++];
      if (byte === undefined) throw new RangeError('the message ends in the middle of a number');
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const tag = varint();
    const wire = tag % 8;
    const isField = Math.floor(tag / 8) === field;
    if (wire === 0) {
      const value = varint();
      if (isField) found = value;
    } else if (wire === 1) at += 8;
    else if (wire === 5) at += 4;
    else if (wire === 2) {
      const length = varint();
      if (isField) found = bytes.subarray(at, at + length);
      at += length;
    } else throw new RangeError(`wire type ${wire} is unknown`);
    if (at > bytes.length) throw new RangeError('the message ends in the middle of a field');
  }
  return found;
}
