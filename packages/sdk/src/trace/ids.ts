// Hot: every span takes an id here. Bench: span.bench.ts

/**
 * 64 span ids at once. Few, because an id is a slice of the text: whoever keeps one keeps the text.
 */
const BYTES = 512;
const SPAN_ID = 16;
const TRACE_ID = 32;

const random = Buffer.allocUnsafeSlow(BYTES);
const words = new Uint32Array(random.buffer);
let text = '';
let at = 0;

/** 32 random hexadecimal digits, never all zero. */
export function newTraceId(): string {
  return take(TRACE_ID);
}

/** 16 random hexadecimal digits, never all zero. */
export function newSpanId(): string {
  return take(SPAN_ID);
}

function take(length: number): string {
  for (;;) {
    if (at + length > text.length) refill();
    const id = text.slice(at, at + length);
    at += length;
    // 48 is '0': one look at a digit spares nearly every id the comparison.
    if (id.charCodeAt(0) !== 48 || !/^0*$/.test(id)) return id;
  }
}

function refill(): void {
  for (let i = 0; i < words.length; i++) words[i] = Math.random() * 0x1_0000_0000;
  text = random.toString('hex');
  at = 0;
}
