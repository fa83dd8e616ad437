import { diag } from '@opentelemetry/api';
import { isHeader } from '../config/is-header.ts';
import { WatchedFile } from './watched-file.ts';

const VARIABLE = 'BELLWETHER_OTLP_TOKEN_FILE';

/** Hosts that are this machine: what goes there is read by nobody on the way. */
const loopback = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** The token with which every export says who sends it, from a file that may be replaced while the process runs. */
export class BearerToken {
  readonly #file: WatchedFile;

  constructor(path: string) {
    this.#file = new WatchedFile({ variable: VARIABLE, path, isSecret: true });
  }

  /** The header for an address; none while there is no usable token. */
  headerFor(url: URL): { readonly Authorization?: string } {
    const token = this.#file.content?.trim();
    if (token === undefined) return {};
    const value = `Bearer ${token}`;
    if (/\s/.test(token) || !isHeader('authorization', value)) {
      diag.error(
        `Expected the file of ${VARIABLE} to be one token, got ${token.split(/\s+/).length} words or what HTTP can not carry; exports go without it. [ERR_OTLP_TOKEN]`,
      );
      return {};
    }
    if (url.protocol === 'http:' && !loopback.test(url.hostname)) {
      diag.warn(
        `Expected an https address for exports with a token, got http://${url.host}; everybody on the way can read the token of ${VARIABLE}. [ERR_OTLP_TOKEN_IN_CLEAR]`,
      );
    }
    return { Authorization: value };
  }
}
