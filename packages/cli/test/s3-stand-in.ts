import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** The part of S3 that backups need, in memory. Every request must be signed: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html */
export interface S3StandIn {
  readonly endpoint: string;
  readonly objects: Map<string, Buffer>;
  /** Uploads that were begun and neither completed nor aborted. */
  readonly uploads: Map<string, Map<number, Buffer>>;
  /** Answers that are not 2xx, as `403 SignatureDoesNotMatch`. */
  readonly refused: string[];
  /** Changes what is stored under a key, as a broken disk would. */
  spoil?: (content: Buffer) => Buffer;
  /** No more parts than these are taken. */
  mostParts: number;
  stop(): void;
}

export const KEYS = { accessKeyId: 'backup', secretAccessKey: 'not a real secret' } as const;

export async function startS3(bucket: string): Promise<S3StandIn> {
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const s3: S3StandIn = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects: new Map(),
    uploads: new Map(),
    refused: [],
    mostParts: 10_000,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://s3');
    const body = await buffer(request);
    const say = (status: number, text: string | Buffer = '', headers = {}): void => {
      response
        .writeHead(status, { 'content-length': Buffer.byteLength(text), ...headers })
        .end(text);
    };
    const fail = (status: number, code: string) => {
      s3.refused.push(`${status} ${code}`);
      say(status, `<Error><Code>${code}</Code><Message>${code}</Message></Error>`, {
        'content-type': 'application/xml',
      });
    };
    if (!isSigned(request, url, body)) return fail(403, 'SignatureDoesNotMatch');
    const path = decodeURIComponent(url.pathname);
    if (path !== `/${bucket}` && !path.startsWith(`/${bucket}/`)) return fail(404, 'NoSuchBucket');
    const key = path.slice(bucket.length + 2);
    const uploadId = url.searchParams.get('uploadId') ?? '';
    const { method } = request;
    if (method === 'GET' && key === '')
      return say(200, listing(url.searchParams.get('prefix') ?? ''));
    if (method === 'GET') {
      const found = s3.objects.get(key);
      return found === undefined ? fail(404, 'NoSuchKey') : say(200, found);
    }
    if (method === 'POST' && url.searchParams.has('uploads')) {
      const id = `upload-${s3.uploads.size + 1}`;
      s3.uploads.set(id, new Map());
      return say(200, tag('InitiateMultipartUploadResult', tag('UploadId', id)));
    }
    const parts = s3.uploads.get(uploadId);
    if (uploadId !== '' && parts === undefined) return fail(404, 'NoSuchUpload');
    if (method === 'PUT' && parts !== undefined) {
      if (parts.size >= s3.mostParts) return fail(507, 'InsufficientStorage');
      parts.set(Number(url.searchParams.get('partNumber')), body);
      return say(200, '', { etag: `"${createHash('md5').update(body).digest('hex')}"` });
    }
    if (method === 'POST' && parts !== undefined) {
      const whole = Buffer.concat([...parts].sort(([a], [b]) => a - b).map(([, part]) => part));
      s3.objects.set(key, s3.spoil?.(whole) ?? whole);
      s3.uploads.delete(uploadId);
      return say(200, tag('CompleteMultipartUploadResult', tag('Key', key) + tag('ETag', '"x-1"')));
    }
    if (method === 'DELETE') {
      if (parts !== undefined) s3.uploads.delete(uploadId);
      else s3.objects.delete(key);
      return say(204);
    }
    fail(400, 'NotImplemented');
  }

  const listing = (prefix: string) =>
    tag(
      'ListBucketResult',
      [...s3.objects]
        .filter(([key]) => key.startsWith(prefix))
        .map(([key, content]) =>
          tag(
            'Contents',
            tag('Key', key) +
              tag('Size', String(content.length)) +
              tag('LastModified', '2026-11-21T00:00:00.000Z') +
              tag('ETag', '"x"'),
          ),
        )
        .join('') +
        tag('IsTruncated', 'false') +
        tag('KeyCount', String(s3.objects.size)),
    );
  return s3;
}

const tag = (name: string, content: string) => `<${name}>${content}</${name}>`;
const hmac = (key: string | Buffer, text: string) =>
  createHmac('sha256', key).update(text).digest();
const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex');
const encode = (text: string) =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** Computed from the definition, and not by the client's own code. */
function isSigned(request: IncomingMessage, url: URL, body: Buffer): boolean {
  const { headers } = request;
  const [, id, day, region, names, signature] =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? '',
    ) ?? [];
  if (id !== KEYS.accessKeyId || day === undefined || region === undefined) return false;
  const payload = String(headers['x-amz-content-sha256']);
  if (payload !== 'UNSIGNED-PAYLOAD' && payload !== sha256(body)) return false;
  const signed = (names ?? '').split(';');
  if (!signed.includes('host') || !signed.includes('x-amz-date')) return false;
  const query = [...url.searchParams]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
  const canonical = [
    request.method,
    url.pathname,
    query,
    ...signed.map((name) => `${name}:${String(headers[name]).trim()}`),
    '',
    names,
    payload,
  ].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, sha256(canonical)].join('\n');
  const key = [day, region, 's3', 'aws4_request'].reduce<string | Buffer>(
    (last, part) => hmac(last, part),
    `AWS4${KEYS.secretAccessKey}`,
  );
  return hmac(key, text).toString('hex') === signature;
}
