import type { StandardSettings } from '../config/read-standard.ts';
import type { Signal } from './otlp-http-options.ts';

export type OtlpProtocol = 'http/protobuf' | 'http/json' | 'grpc';

/** The protocol of a signal: its own variable, else the common one, else http/protobuf. */
export function otlpProtocol(settings: StandardSettings, signal: Signal): OtlpProtocol {
  return (settings.get(`OTEL_EXPORTER_OTLP_${signal}_PROTOCOL`) ??
    settings.get('OTEL_EXPORTER_OTLP_PROTOCOL') ??
    'http/protobuf') as OtlpProtocol;
}

/** Whether any signal leaves by gRPC. */
export function usesGrpc(settings: StandardSettings): boolean {
  return (['TRACES', 'METRICS', 'LOGS'] as const).some(
    (signal) => otlpProtocol(settings, signal) === 'grpc',
  );
}
