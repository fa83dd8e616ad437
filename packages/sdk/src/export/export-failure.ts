const collectorsCertificate =
  'The certificate of the Collector is signed by none that OTEL_EXPORTER_OTLP_CERTIFICATE names.';
const ourCertificate =
  'The Collector does not take our certificate: OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE and OTEL_EXPORTER_OTLP_CLIENT_KEY name it.';

/** What the codes of OpenSSL and Node.js mean to whoever runs the application. */
const hints: Readonly<Record<string, string>> = {
  SELF_SIGNED_CERT_IN_CHAIN: collectorsCertificate,
  DEPTH_ZERO_SELF_SIGNED_CERT: collectorsCertificate,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: collectorsCertificate,
  UNABLE_TO_GET_ISSUER_CERT: collectorsCertificate,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: collectorsCertificate,
  CERT_SIGNATURE_FAILURE: collectorsCertificate,
  CERT_HAS_EXPIRED: 'The certificate of the Collector is too old: it needs a new one.',
  CERT_NOT_YET_VALID: 'The certificate of the Collector is not valid yet, or a clock is wrong.',
  ERR_TLS_CERT_ALTNAME_INVALID:
    'The certificate of the Collector is for another host than OTEL_EXPORTER_OTLP_ENDPOINT says.',
  ERR_SSL_WRONG_VERSION_NUMBER: 'The Collector does not speak TLS there: is it http?',
  EPROTO: 'The Collector does not speak TLS there: is it http?',
};

/** One line on why an export failed, and what may help. Never what was sent. */
export function exportFailure(error: Error): string {
  const { code = '', reason } = error as NodeJS.ErrnoException & { readonly reason?: unknown };
  // The message of an error of OpenSSL has an address in memory in it.
  const isOpenssl = /^ERR_(?:SSL|OSSL)_/.test(code) || code === 'EPROTO';
  const words = isOpenssl
    ? `${typeof reason === 'string' ? reason : 'TLS failed'} (${code})`
    : // An AggregateError (a name with several addresses) has an empty message of its own.
      error.message || code || error.name;
  const hint = hintFor(code, error.message);
  return `${words}; the application goes on.${hint === undefined ? '' : ` ${hint}`}`;
}

function hintFor(code: string, message: string): string | undefined {
  const known = hints[code];
  if (known !== undefined) return known;
  if (/^ERR_SSL_.*ALERT/.test(code)) return ourCertificate;
  if (/^ERR_OSSL_/.test(code)) {
    return 'OTEL_EXPORTER_OTLP_CERTIFICATE, _CLIENT_CERTIFICATE and _CLIENT_KEY must be PEM, and the key that of the certificate.';
  }
  if (/^HTTP 40[13]\b/.test(message)) {
    return 'The Collector does not take our token: BELLWETHER_OTLP_TOKEN_FILE or OTEL_EXPORTER_OTLP_HEADERS says it.';
  }
  return code === '' ? undefined : 'Is a Collector there? OTEL_EXPORTER_OTLP_ENDPOINT says where.';
}
