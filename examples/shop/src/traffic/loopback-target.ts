/**
 * The address, if it is on this machine. The generator refuses every other target, so that a typing error cannot put load on
 * somebody else's server. Throws otherwise.
 */
export function loopbackTarget(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const host = url?.hostname ?? '';
  const loopback = host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
  if (url === undefined || url.protocol !== 'http:' || !loopback) {
    throw new Error(
      `Expected the target to be http:// on 127.0.0.0/8, localhost or [::1], got ${address}; the generator sends traffic to this machine only`,
    );
  }
  return url;
}
