import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A certificate and its key: PEM files. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** An authority of a test's own. */
export interface CertificateAuthority {
  /** The PEM file of its certificate, to be trusted. */
  readonly ca: string;
  /** For `localhost` and 127.0.0.1, as a server or a client. `days` below 0: it has expired. */
  issue(name: string, options?: { readonly days?: number }): Certificate;
}

/**
 * Makes an authority whose certificates are good for a test, by `openssl`.
 *
 * @param folder Exists, and is removed by whoever made it.
 */
export function certificateAuthority(folder: string, name = 'ca'): CertificateAuthority {
  const home = join(folder, name);
  mkdirSync(home, { recursive: true });
  const at = (file: string) => join(home, file);
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  openssl(
    'req',
    '-x509',
    ...newKey,
    '-keyout',
    at('ca.key'),
    '-out',
    at('ca.pem'),
    '-days',
    '2',
    '-subj',
    `/CN=${name}`,
  );
  return {
    ca: at('ca.pem'),
    issue: (subject, { days = 2 } = {}) => {
      const [cert, key, request] = ['pem', 'key', 'csr'].map((end) => at(`${subject}.${end}`)) as [
        string,
        string,
        string,
      ];
      const names = 'subjectAltName=DNS:localhost,IP:127.0.0.1';
      openssl(
        'req',
        ...newKey,
        '-keyout',
        key,
        '-out',
        request,
        '-subj',
        `/CN=${subject}`,
        '-addext',
        names,
      );
      openssl(
        'x509',
        '-req',
        '-in',
        request,
        '-CA',
        at('ca.pem'),
        '-CAkey',
        at('ca.key'),
        '-CAcreateserial',
        '-days',
        String(days),
        '-copy_extensions',
        'copy',
        '-out',
        cert,
      );
      return { cert, key };
    },
  };
}

/** The texts of a certificate and of the authority whose certificates clients must have, for `node:https`. */
export function serverTls({ cert, key }: Certificate, clientCa?: string) {
  return {
    cert: readFileSync(cert, 'utf8'),
    key: readFileSync(key, 'utf8'),
    ...(clientCa !== undefined && {
      ca: readFileSync(clientCa, 'utf8'),
      requestCert: true,
      rejectUnauthorized: true,
    }),
  };
}

function openssl(...args: string[]): void {
  execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] });
}
