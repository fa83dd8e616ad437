/** Stand for the numbers that change, so that they are found in the bytes. No text and no length looks like them. */
const time = Buffer.from('f1e2d3c4b5a69788', 'hex');
const value = Buffer.from('8f7e6d5c4b3a2918', 'hex');

/**
 * An OTLP request of one process as bytes that are made once: a cumulative counter with a point for each of `points` (attributes).
 * `at(ms, value)` writes a time and a value into all of them.
 * @see https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/metrics/v1/metrics.proto
 */
export function otlpPayload({ resource, name, unit, points, startMs }) {
  const start = nanoseconds(startMs);
  const dataPoints = points.map((attributes) =>
    message(
      1,
      Buffer.concat([
        fixed(2, start),
        fixed(3, time),
        fixed(6, value),
        ...attributesOf(7, attributes),
      ]),
    ),
  );
  const sum = Buffer.concat([...dataPoints, varint(2, 2), varint(3, 1)]);
  const metric = Buffer.concat([text(1, name), text(3, unit), message(7, sum)]);
  const scope = Buffer.concat([message(1, text(1, 'scale')), message(2, metric)]);
  const bytes = message(
    1,
    Buffer.concat([message(1, Buffer.concat(attributesOf(1, resource))), message(2, scope)]),
  );
  const times = placesOf(bytes, time);
  const values = placesOf(bytes, value);
  if (times.length !== points.length || values.length !== points.length)
    throw new Error(`Expected ${points.length} points, got ${times.length} and ${values.length}`);
  return {
    bytes,
    at(ms, number) {
      const [now, count] = [nanoseconds(ms), Buffer.alloc(8)];
      count.writeBigInt64LE(BigInt(number));
      for (const place of times) now.copy(bytes, place);
      for (const place of values) count.copy(bytes, place);
    },
  };
}

function placesOf(bytes, pattern) {
  const places = [];
  for (let at = bytes.indexOf(pattern); at !== -1; at = bytes.indexOf(pattern, at + 8))
    places.push(at);
  return places;
}

function nanoseconds(ms) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(Math.round(ms)) * 1_000_000n);
  return bytes;
}

const attributesOf = (field, attributes) =>
  Object.entries(attributes).map(([key, word]) =>
    message(field, Buffer.concat([text(1, key), message(2, text(1, word))])),
  );
const text = (field, word) => message(field, Buffer.from(word));
const message = (field, bytes) =>
  Buffer.concat([number((field << 3) | 2), number(bytes.length), bytes]);
const fixed = (field, bytes) => Buffer.concat([number((field << 3) | 1), bytes]);
const varint = (field, count) => Buffer.concat([number(field << 3), number(count)]);

function number(count) {
  const bytes = [];
  for (let rest = count; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) {
      bytes.push(rest);
      return Buffer.from(bytes);
    }
    bytes.push((rest % 128) | 128);
  }
}
