import { chmodSync, copyFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  certificateAuthority,
  type OtlpReceiver,
  type Program,
  pollUntil,
  serverTls,
  startOtlpReceiver,
} from '@bellwether/testkit';
import { afterAll, describe, expect, test } from 'vitest';
import { runWithSdk } from './run-with-sdk.ts';

const folder = mkdtempSync(join(tmpdir(), 'bellwether-tls-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const authority = certificateAuthority(folder);
const strangers = certificateAuthority(folder, 'strangers');
const collector = authority.issue('collector');
const expired = authority.issue('expired', { days: -1 });
const first = authority.issue('first');
const second = authority.issue('second');

const TOKEN = 'tok3n-of-the-first-day';
const NEXT_TOKEN = 'tok3n-of-the-second-day';

/** The files of one program, which a test breaks, mends and replaces. */
function ownFiles(name: string) {
  const at = (file: string) => join(folder, `${name}-${file}`);
  const files = { ca: at('ca.pem'), cert: at('cert.pem'), key: at('key.pem'), token: at('token') };
  copyFileSync(authority.ca, files.ca);
  put(first.cert, files.cert);
  put(first.key, files.key);
  writeFileSync(files.token, `${TOKEN}\n`, { mode: 0o600 });
  return files;
}

/** As an operator replaces a secret: by another file in its place. */
function put(from: string, to: string): void {
  copyFileSync(from, `${to}.new`);
  chmodSync(`${to}.new`, 0o600);
  renameSync(`${to}.new`, to);
}

type Files = ReturnType<typeof ownFiles>;

function run(receiver: OtlpReceiver, files: Files, args: readonly string[] = []): Program {
  return runWithSdk(receiver, {
    file: 'otlp-tls.mjs',
    args,
    env: {
      OTEL_EXPORTER_OTLP_CERTIFICATE: files.ca,
      OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE: files.cert,
      OTEL_EXPORTER_OTLP_CLIENT_KEY: files.key,
      BELLWETHER_OTLP_TOKEN_FILE: files.token,
      OTEL_METRIC_EXPORT_INTERVAL: '200',
    },
  });
}

const mutual = () => startOtlpReceiver({ tls: serverTls(collector, authority.ca) });

/** Ends it, and expects that all that it counted has arrived and that it told no secret. */
async function endWell(program: Program, receiver: OtlpReceiver): Promise<void> {
  program.kill('SIGUSR2');
  const [, beats] = await program.waitForLine(/^beats (\d+)$/);
  expect(await program.exited, program.stderr).toEqual({ code: 0, signal: null });
  const [point] = receiver.points('beats');
  expect(point?.value).toBe(Number(beats));
  expect(program.stderr).not.toMatch(/tok3n|PRIVATE KEY/);
}

const lines = (program: Program) => program.stderr.trim().split('\n').filter(Boolean);

test('a token and a certificate are replaced without a restart', async () => {
  const receiver = await mutual();
  const files = ownFiles('rotated');
  const program = run(receiver, files);
  await receiver.waitForPoints('beats');
  expect(receiver.requests[0]).toMatchObject({
    client: 'first',
    headers: { authorization: `Bearer ${TOKEN}` },
  });
  writeFileSync(files.token, NEXT_TOKEN);
  put(second.cert, files.cert);
  put(second.key, files.key);
  await pollUntil(() => {
    const { client, headers } = receiver.requests.at(-1) ?? {};
    return client === 'second' && headers?.authorization === `Bearer ${NEXT_TOKEN}`;
  });
  await endWell(program, receiver);
  // Between the two files the key is that of another certificate.
  const said = lines(program).filter((line) => !late.test(line) && !/VALUES_MISMATCH/.test(line));
  expect(said).toEqual([]);
});

test('process.exit() delivers with certificates and token too', async () => {
  const receiver = await mutual();
  const program = run(receiver, ownFiles('exit'), ['exit']);
  await receiver.waitForPoints('beats');
  await endWell(program, receiver);
});

/** On a busy machine an export of every 200 ms is late. */
const late = /ERR_EXPORT_DROPPED/;

interface Trouble {
  readonly name: string;
  readonly breaks: (files: Files, receiver: OtlpReceiver) => void;
  readonly line: RegExp;
  readonly mends: (files: Files, receiver: OtlpReceiver) => void;
  /** Other lines that are said on the way, as at the start. */
  readonly more?: RegExp;
}

const troubles: readonly Trouble[] = [
  {
    name: 'a wrong authority',
    breaks: ({ ca }) => put(strangers.ca, ca),
    line: /signed by none that OTEL_EXPORTER_OTLP_CERTIFICATE names/,
    mends: ({ ca }) => put(authority.ca, ca),
  },
  {
    name: 'an expired certificate of the Collector',
    breaks: (_, receiver) => receiver.useTls(serverTls(expired, authority.ca)),
    line: /certificate has expired; .* needs a new one/,
    mends: (_, receiver) => receiver.useTls(serverTls(collector, authority.ca)),
  },
  {
    name: 'a missing key',
    breaks: ({ key }) => rmSync(key),
    line: /CLIENT_KEY to be a file that can be read, got ".*" \(ENOENT\); exports go without it/,
    mends: ({ key }) => put(first.key, key),
    more: /OTEL_EXPORTER_OTLP_CLIENT_KEY to be a file|export to .* failed/,
  },
  {
    name: 'a key of another certificate',
    breaks: ({ key }) => put(second.key, key),
    line: /key values mismatch.* the key that of the certificate/,
    mends: ({ key }) => put(first.key, key),
  },
  {
    name: 'a missing token',
    breaks: ({ token }) => rmSync(token),
    line: /TOKEN_FILE to be a file that can be read, got ".*" \(ENOENT\); exports go without it/,
    mends: ({ token }) => writeFileSync(token, TOKEN, { mode: 0o600 }),
  },
  {
    name: 'a token of two words',
    breaks: ({ token }) => writeFileSync(token, `${TOKEN} ${TOKEN}`),
    line: /TOKEN_FILE to be one token, got 2 words/,
    mends: ({ token }) => writeFileSync(token, TOKEN),
  },
  {
    name: 'a token that the Collector refuses',
    breaks: (_, receiver) => receiver.failWith(401),
    line: /HTTP 401 Unauthorized; .* does not take our token: BELLWETHER_OTLP_TOKEN_FILE/,
    mends: (_, receiver) => receiver.failWith(),
  },
];

describe.each(troubles)('$name', ({ name, breaks, line, mends, more }) => {
  test('is one line, harms nobody, and costs nothing once it is mended', async () => {
    const receiver = await mutual();
    const files = ownFiles(name.replaceAll(' ', '-'));
    breaks(files, receiver);
    const program = run(receiver, files);
    await program.waitForLine(line);
    mends(files, receiver);
    await receiver.waitForPoints('beats', undefined, undefined, { timeoutMs: 60_000 });
    await endWell(program, receiver);
    const said = lines(program);
    expect(said.filter((each) => line.test(each))).toHaveLength(1);
    const other = (each: string) => !line.test(each) && !late.test(each) && !more?.test(each);
    expect(said.filter(other)).toEqual([]);
  });
});

test('a key that everybody may read is one line', async () => {
  const receiver = await mutual();
  const files = ownFiles('open-key');
  chmodSync(files.key, 0o644);
  const program = run(receiver, files);
  await receiver.waitForPoints('beats');
  await endWell(program, receiver);
  expect(lines(program)).toEqual([
    expect.stringMatching(
      /CLIENT_KEY to be readable by this user alone, got mode 644; .*chmod 600/,
    ),
  ]);
});
