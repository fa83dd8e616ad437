// Hot: the ids of every span. Bench: span.bench.ts

const digits = new Uint8Array(128);
for (let value = 0; value < 16; value++) {
  digits[value.toString(16).charCodeAt(0)] = value;
  digits[value.toString(16).toUpperCase().charCodeAt(0)] = value;
}

/** Writes hexadecimal digits as bytes to `at`, where there must be room, and returns the end. */
export function writeHex(bytes: Uint8Array, at: number, hex: string): number {
  let end = at;
  for (let i = 0; i < hex.length; i += 2) {
    const high = digits[hex.charCodeAt(i)] as number;
    bytes[end++] = (high << 4) | (digits[hex.charCodeAt(i + 1)] as number);
  }
  return end;
}
