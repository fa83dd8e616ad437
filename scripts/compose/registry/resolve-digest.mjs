import { createHash } from 'node:crypto';
import { hostOf, readImageName } from './image-name.mjs';

const timeoutMs = 30_000;
/** An index of all platforms first: the digest of it holds on every machine. */
const manifests = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

/**
 * The digest that a registry has for a tag, by the distribution API, with a token for everybody where it wants one. The manifest is fetched and hashed: what its
 * header says is not believed. `addresses` has the address of a registry by its name, for a mirror or a stand-in.
 * Throws one line that says what to do. https://github.com/opencontainers/distribution-spec/blob/main/spec.md
 */
export async function resolveDigest(image, addresses = {}) {
  const { registry, repository, tag } = readImageName(image);
  const address = addresses[registry] ?? `https://${hostOf(registry)}`;
  const url = `${address}/v2/${repository}/manifests/${tag}`;
  const get = (headers) => fetchFrom(registry, url, { accept: manifests, ...headers });
  let answer = await get({});
  if (answer.status === 401) answer = await get(await tokenFor(registry, repository, answer));
  if (answer.status === 404) throw new Error(`${image}: ${registry} has no such tag`);
  if (answer.status === 429)
    throw new Error(
      `${image}: ${registry} says that it was asked too often (429); try again later`,
    );
  if (answer.status !== 200)
    throw new Error(`${image}: Expected a manifest from ${registry}, got ${answer.status}`);
  const body = Buffer.from(await answer.arrayBuffer());
  const digest = `sha256:${createHash('sha256').update(body).digest('hex')}`;
  const said = answer.headers.get('docker-content-digest');
  if (said !== null && said !== digest)
    throw new Error(`${image}: ${registry} says ${said}, and what it sent is ${digest}`);
  return digest;
}

/** As `WWW-Authenticate: Bearer realm="...",service="..."` asks for. */
async function tokenFor(registry, repository, refused) {
  const challenge = refused.headers.get('www-authenticate') ?? '';
  const fields = Object.fromEntries(
    [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]),
  );
  if (!/^bearer /i.test(challenge) || !URL.canParse(fields.realm ?? ''))
    throw new Error(`${registry} wants a login that this program does not know; docker login does`);
  const url = new URL(fields.realm);
  if (fields.service !== undefined) url.searchParams.set('service', fields.service);
  url.searchParams.set('scope', fields.scope ?? `repository:${repository}:pull`);
  const answer = await fetchFrom(registry, url, {});
  if (answer.status !== 200)
    throw new Error(`${registry} gave no token for ${repository}: ${answer.status}`);
  const { token, access_token: accessToken } = await answer.json();
  return { authorization: `Bearer ${token ?? accessToken}` };
}

async function fetchFrom(registry, url, headers) {
  try {
    return await fetch(url, { headers, signal: AbortSignal.timeout(timeoutMs) });
  } catch (error) {
    throw new Error(`${registry} can not be reached (${error.cause?.code ?? error.name})`, {
      cause: error,
    });
  }
}
