// Counts what an OTLP request holds without decoding it: field numbers from opentelemetry-proto, https://github.com/open-telemetry/opentelemetry-proto

/** The numbers of the fields that lead from a request to one span, log record or metric. All three signals nest in the same way. */
const RESOURCE = 1;
const SCOPE = 2;
const ITEM = 2;
/** gauge, sum, histogram, exponential histogram and summary of a metric; in each of them, field 1 is a data point. */
const METRIC_DATA = new Set([5, 7, 9, 10, 11]);

/** `{ spans, points, logs }` of an OTLP/HTTP request in protobuf. */
export function countOtlp(path, body) {
  const counts = { spans: 0, points: 0, logs: 0 };
  for (const resource of fields(body, RESOURCE)) {
    for (const scope of fields(resource, SCOPE)) {
      for (const item of fields(scope, ITEM)) {
        if (path.endsWith('/traces')) counts.spans += 1;
        else if (path.endsWith('/logs')) counts.logs += 1;
        else counts.points += pointsOf(item);
      }
    }
  }
  return counts;
}

function pointsOf(metric) {
  let points = 0;
  for (const { field, bytes } of messagesOf(metric)) {
    if (METRIC_DATA.has(field)) points += [...fields(bytes, 1)].length;
  }
  return points;
}

function* fields(message, wanted) {
  for (const { field, bytes } of messagesOf(message)) if (field === wanted) yield bytes;
}

/** The length-delimited fields of a protobuf message; the others are stepped over. */
function* messagesOf(message) {
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = message[at++];
      if (byte === undefined) throw new Error('Expected whole protobuf, got the beginning of it');
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  };
  while (at < message.length) {
    const key = varint();
    const wire = key & 7;
    if (wire === 0) varint();
    else if (wire === 1) at += 8;
    else if (wire === 5) at += 4;
    else if (wire === 2) {
      const length = varint();
      yield { field: key >>> 3, bytes: message.subarray(at, at + length) };
      at += length;
    } else throw new Error(`Expected wire type 0, 1, 2 or 5, got ${wire}`);
  }
}
