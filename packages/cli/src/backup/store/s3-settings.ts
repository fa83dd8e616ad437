import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CliError } from '../../cli-error.ts';
import type { Context } from '../../context.ts';

/** A bucket and how to reach it. */
export interface S3Settings {
  readonly bucket: string;
  /** Before every name, with a slash at its end, or empty. */
  readonly prefix: string;
  /** Origin of the service, without the bucket. */
  readonly endpoint: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/**
 * `s3://bucket/prefix` and the variables that every S3 tool knows: AWS_REGION, AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID with
 * AWS_SECRET_ACCESS_KEY, or AWS_SHARED_CREDENTIALS_FILE (its profile `default`).
 */
export function s3Settings(
  address: string,
  { env, home }: Pick<Context, 'env' | 'home'>,
  endpoint: string | undefined,
): S3Settings {
  const [, bucket = '', path = ''] =
    /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(\/.*)?$/.exec(address) ?? [];
  if (bucket === '') {
    throw new CliError('ERR_OPTION', `Expected a bucket as s3://bucket/folder, got ${address}.`);
  }
  const prefix = path
    .split('/')
    .filter((part) => part !== '')
    .join('/');
  const region = env.AWS_REGION || env.AWS_DEFAULT_REGION || 'us-east-1';
  const at =
    endpoint ||
    env.AWS_ENDPOINT_URL_S3 ||
    env.AWS_ENDPOINT_URL ||
    `https://s3.${region}.amazonaws.com`;
  if (!URL.canParse(at) || !/^https?:\/\//.test(at)) {
    throw new CliError(
      'ERR_OPTION',
      `Expected the address of an S3 service as https://s3.example.com, got ${at}; correct --s3-endpoint or AWS_ENDPOINT_URL_S3.`,
    );
  }
  return {
    bucket,
    prefix: prefix === '' ? '' : `${prefix}/`,
    endpoint: at.replace(/\/+$/, ''),
    region,
    ...keys(env, home),
  };
}

function keys(
  env: Context['env'],
  home: string,
): Pick<S3Settings, 'accessKeyId' | 'secretAccessKey'> {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = env;
  if (accessKeyId && secretAccessKey) return { accessKeyId, secretAccessKey };
  const file = env.AWS_SHARED_CREDENTIALS_FILE || join(home, '.aws', 'credentials');
  const found = profile(file);
  if (found.aws_access_key_id && found.aws_secret_access_key) {
    return {
      accessKeyId: found.aws_access_key_id,
      secretAccessKey: found.aws_secret_access_key,
    };
  }
  throw new CliError(
    'ERR_OPTION',
    `Expected the keys of the S3 service in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or in the profile default of ${file}, got none.`,
  );
}

function profile(file: string): Readonly<Record<string, string>> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return {};
  }
  const found: Record<string, string> = {};
  let section = '';
  for (const line of text.split('\n')) {
    section = /^\s*\[([^\]]+)\]/.exec(line)?.[1]?.trim() ?? section;
    const [, key, value] = /^\s*([a-z_]+)\s*=\s*(\S+)\s*$/.exec(line) ?? [];
    if (section === 'default' && key !== undefined) found[key] = value ?? '';
  }
  return found;
}
