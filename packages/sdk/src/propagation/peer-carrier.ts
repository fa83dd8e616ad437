import type { TextMapGetter, TextMapSetter } from '@opentelemetry/api';

/** A getter that also knows, from the connection and not from a header, who sent the carrier. */
export interface PeerGetter<Carrier> extends TextMapGetter<Carrier> {
  /** The peer's IP address; `undefined` when it is not known. */
  peerAddress(carrier: Carrier): string | undefined;
}

/** A getter of a carrier that nobody sent to us: we fetched it ourselves, as a job from a queue. */
export interface StoreGetter<Carrier> extends TextMapGetter<Carrier> {
  /** The server it was fetched from, as the application dials it; `undefined` when it is not known. */
  store(carrier: Carrier): Target | undefined;
}

/** A setter that also knows where the carrier goes. */
export interface TargetSetter<Carrier> extends TextMapSetter<Carrier> {
  /** The host (name or IP address) and port of the connection; `undefined` when they are not known. */
  target(carrier: Carrier): Target | undefined;
}

export interface Target {
  readonly host: string;
  readonly port: number | undefined;
}

/** The sender's address, when the getter can tell it: see {@link PeerGetter}. */
export function peerOf<Carrier>(
  carrier: Carrier,
  getter: TextMapGetter<Carrier>,
): string | undefined {
  return 'peerAddress' in getter ? (getter as PeerGetter<Carrier>).peerAddress(carrier) : undefined;
}

/** The server that the carrier was fetched from, when the getter can tell it: see {@link StoreGetter}. */
export function storeOf<Carrier>(
  carrier: Carrier,
  getter: TextMapGetter<Carrier>,
): Target | undefined {
  return 'store' in getter ? (getter as StoreGetter<Carrier>).store(carrier) : undefined;
}

/** The receiver, when the setter can tell it: see {@link TargetSetter}. */
export function targetOf<Carrier>(
  carrier: Carrier,
  setter: TextMapSetter<Carrier>,
): Target | undefined {
  return 'target' in setter ? (setter as TargetSetter<Carrier>).target(carrier) : undefined;
}
