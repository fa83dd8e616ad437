import type { Attributes } from '@opentelemetry/api';
import { REDACTED } from '../redaction/query.ts';
import { isSecretName } from '../redaction/secret-names.ts';
import { textWithoutSecrets } from '../redaction/text-without-secrets.ts';
import type { HeaderCapture } from './http-capture.ts';

/**
 * Reads the headers that are wanted, with their names in lower case. What is called like a secret is `REDACTED`; the rest is read for secrets.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/registry/attributes/http/#http-request-header
 */
export function headerCapture(
  kind: 'request' | 'response',
  wanted: readonly string[],
  more: ReadonlySet<string>,
): NonNullable<HeaderCapture> {
  const headers = wanted.map((text) => {
    const name = text.toLowerCase();
    return { name, key: `http.${kind}.header.${name}`, secret: isSecretName(name, more) };
  });
  return (header) => {
    const attributes: Attributes = {};
    for (const { name, key, secret } of headers) {
      const value = header(name);
      if (value === undefined || value === null) continue;
      const values = Array.isArray(value) ? value : [value];
      attributes[key] = values.map((each) =>
        secret ? REDACTED : textWithoutSecrets(String(each), more),
      );
    }
    return attributes;
  };
}
