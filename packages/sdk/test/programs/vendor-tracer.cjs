// Another vendor's tracer that offers itself as OpenTelemetry's, and takes nothing but traces.
const { trace, ProxyTracerProvider } = require('@opentelemetry/api');

trace.setGlobalTracerProvider(new ProxyTracerProvider());
globalThis._vendor = { tracer: 'on' };
