import type { ISerializer } from '@opentelemetry/otlp-transformer';

interface PartialSuccess {
  readonly partialSuccess?: { readonly errorMessage?: string };
}

/** For requests that are OTLP bytes already. The answers of all signals have one shape. */
export const readyBytes: ISerializer<Uint8Array, PartialSuccess> = {
  serializeRequest: (bytes) => bytes,
  deserializeResponse: (answer) => {
    const errorMessage = textIn(messageIn(answer, 1), 2);
    return errorMessage === undefined ? {} : { partialSuccess: { errorMessage } };
  },
};

function textIn(message: Uint8Array | undefined, field: number): string | undefined {
  const bytes = message && messageIn(message, field);
  return bytes && new TextDecoder().decode(bytes);
}

/** The last length-delimited value of this field. Throws on what is no protobuf. */
function messageIn(bytes: Uint8Array, field: number): Uint8Array | undefined {
  let found: Uint8Array | undefined;
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
    if (wire === 0) varint();
    else if (wire === 1) at += 8;
    else if (wire === 5) at += 4;
    else if (wire === 2) {
      const length = varint();
      if (Math.floor(tag / 8) === field) found = bytes.subarray(at, at + length);
      at += length;
    } else throw new RangeError(`wire type ${wire} is unknown`);
    if (at > bytes.length) throw new RangeError('the message ends in the middle of a field');
  }
  return found;
}
