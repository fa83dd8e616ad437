import type { Attributes } from '@opentelemetry/api';
import { splitList } from '../config/parse-value.ts';
import type { StandardSettings } from '../config/read-standard.ts';
import type { SdkConfig } from '../config/sdk-config.ts';
import { loadNow } from '../load-now.ts';
import { clientNetwork } from '../redaction/client-network.ts';
import { type QueryRedactor, queryRedactor } from '../redaction/query.ts';
import { secretNames } from '../redaction/secret-names.ts';

/** What spans of HTTP may say beyond the least, decided once when the SDK starts. */
export interface HttpCapture {
  /** A query as it may leave. */
  readonly query: QueryRedactor;
  /** The address of a client as it may leave. */
  readonly clientAddress: (address: string | undefined) => string | undefined;
  /** Whether spans say the words of errors. */
  readonly errorMessages: boolean;
  readonly serverRequest: HeaderCapture;
  readonly serverResponse: HeaderCapture;
  readonly clientRequest: HeaderCapture;
  readonly clientResponse: HeaderCapture;
}

/** The attributes of the headers that are wanted; `undefined` when none is, so that nobody pays for it. */
export type HeaderCapture = ((header: HeaderValue) => Attributes) | undefined;

/** The value of a header by its name in lower case. */
export type HeaderValue = (name: string) => unknown;

/** Reads what the operator allows. */
export function httpCapture(config: SdkConfig, settings: StandardSettings): HttpCapture {
  const headers = (side: string, kind: 'request' | 'response') => {
    const wanted = splitList(
      settings.get(`OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_${side}`) ?? '',
    );
    if (wanted.length === 0) return undefined;
    const { headerCapture } = loadNow(() => import('./http-header-capture.ts'));
    return headerCapture(kind, wanted, secretNames(config));
  };
  return {
    query: queryRedactor(config.queryNames),
    clientAddress: config.clientAddresses ? (address) => address : clientNetwork,
    errorMessages: config.errorMessages,
    serverRequest: headers('SERVER_REQUEST', 'request'),
    serverResponse: headers('SERVER_RESPONSE', 'response'),
    clientRequest: headers('CLIENT_REQUEST', 'request'),
    clientResponse: headers('CLIENT_RESPONSE', 'response'),
  };
}

/** A header of a message of `node:http` that is on its way: one that was written as a list is text by now. */
export function writtenHeader(
  message: { getHeader(name: string): unknown },
  name: string,
): unknown {
  const set = message.getHeader(name);
  if (set !== undefined) return set;
  const { _header: head } = message as { readonly _header?: unknown };
  if (typeof head !== 'string') return undefined;
  const start = `\r\n${name}:`;
  const at = head.toLowerCase().indexOf(start);
  if (at === -1) return undefined;
  return head.slice(at + start.length, head.indexOf('\r\n', at + start.length)).trim();
}
