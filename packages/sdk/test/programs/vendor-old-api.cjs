// Another vendor's copy of an older OpenTelemetry API was used first, for nothing but a logger: what it leaves behind.
const silent = () => {};
globalThis[Symbol.for('opentelemetry.js.api.1')] = {
  version: '1.9.0',
  diag: { error: silent, warn: silent, info: silent, debug: silent, verbose: silent },
};
