import { readFileSync, statSync } from 'node:fs';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { CliError } from '../../cli-error.ts';

/** A key file as age and age-keygen write it: public keys are enough to encrypt, secret ones are needed to read. */
export interface AgeKey {
  readonly file: string;
  /** `age1...` */
  readonly recipients: readonly string[];
  /** `AGE-SECRET-KEY-1...` */
  readonly identities: readonly string[];
}

const HEADER = 'age-encryption.org/v1\n';

/** Loaded where it is needed: most commands never do. */
const age = () => import('age-encryption');

/** Throws ERR_BACKUP_KEY for a file without keys, or one with a secret key that every user of this machine may read. */
export async function readKeyFile(file: string): Promise<AgeKey> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw keyError(`a key file at ${file}`, (error as Error).message);
  }
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const identities = lines.filter((line) => line.startsWith('AGE-SECRET-KEY-'));
  const given = lines.filter((line) => line.startsWith('age1'));
  if (identities.length + given.length !== lines.length || lines.length === 0) {
    throw keyError(
      `${file} to hold age keys, one a line (age1... or AGE-SECRET-KEY-1...)`,
      lines.length === 0 ? 'none' : 'something else',
    );
  }
  if (identities.length > 0 && (statSync(file).mode & 0o007) !== 0) {
    throw keyError(
      `the secret key ${file} to be closed to other users`,
      `mode ${(statSync(file).mode & 0o777).toString(8)}; chmod 600 ${file}`,
    );
  }
  const { identityToRecipient } = await age();
  try {
    const own = await Promise.all(identities.map((identity) => identityToRecipient(identity)));
    return { file, identities, recipients: [...new Set([...given, ...own])] };
  } catch {
    throw keyError(`${file} to hold age keys`, 'one that is not valid');
  }
}

/** A new secret key, as the text of a key file, and its public key. */
export async function newKey(
  at: Date,
): Promise<{ readonly text: string; readonly recipient: string }> {
  const { generateX25519Identity, identityToRecipient } = await age();
  const identity = await generateX25519Identity();
  const recipient = await identityToRecipient(identity);
  const text = `# created: ${at.toISOString()}\n# public key: ${recipient}\n${identity}\n`;
  return { text, recipient };
}

/** What the bytes are encrypted to; each chunk of 64 KiB is authenticated, and so is their end. */
export async function encrypted(bytes: Readable, { file, recipients }: AgeKey): Promise<Readable> {
  const { Encrypter } = await age();
  const encrypter = new Encrypter();
  try {
    for (const recipient of recipients) encrypter.addRecipient(recipient);
  } catch {
    throw keyError(`${file} to hold age keys`, 'one that is not valid');
  }
  return fromWeb(await encrypter.encrypt(toWeb(bytes)));
}

/**
 * The archive inside, decrypted where it is encrypted. With a key an archive that is not encrypted is refused: somebody may have put it there.
 *
 * Throws ERR_BACKUP_KEY.
 */
export async function decrypted(bytes: Readable, key: AgeKey | undefined): Promise<Readable> {
  const iterator = bytes[Symbol.asyncIterator]() as AsyncIterableIterator<Uint8Array>;
  let start = Buffer.alloc(0);
  while (start.length < HEADER.length) {
    const { value, done } = await iterator.next();
    if (done) break;
    start = Buffer.concat([start, value]);
  }
  const whole = Readable.from(
    (async function* () {
      yield start;
      yield* iterator;
    })(),
    { objectMode: false },
  );
  const isEncrypted = start.subarray(0, HEADER.length).toString('latin1') === HEADER;
  if (!isEncrypted) {
    if (key === undefined) return whole;
    bytes.destroy();
    throw keyError(
      'an encrypted backup, as --key is given',
      'one that is not; leave --key out to take it',
    );
  }
  if (key === undefined || key.identities.length === 0) {
    bytes.destroy();
    throw keyError(
      'a secret key (AGE-SECRET-KEY-1...) in the file of --key for this encrypted backup',
      key === undefined ? 'no --key' : `public ones in ${key.file}`,
    );
  }
  const { Decrypter } = await age();
  const decrypter = new Decrypter();
  for (const identity of key.identities) decrypter.addIdentity(identity);
  try {
    return fromWeb(await decrypter.decrypt(toWeb(whole)));
  } catch (error) {
    bytes.destroy();
    const wrong = /no identity matched/i.test((error as Error).message);
    throw wrong
      ? keyError(
          'the key that this backup is encrypted to',
          `another one in ${key.file}. Nothing was changed`,
        )
      : new CliError(
          'ERR_BACKUP_ARCHIVE',
          `Expected a whole backup of bellwether, got one whose encryption is damaged (${(error as Error).message}). Nothing was changed.`,
        );
  }
}

const toWeb = (stream: Readable) =>
  Readable.toWeb(stream) as unknown as globalThis.ReadableStream<Uint8Array>;
const fromWeb = (stream: globalThis.ReadableStream<Uint8Array>) =>
  Readable.fromWeb(stream as unknown as ReadableStream<Uint8Array>);

const keyError = (expected: string, got: string) =>
  new CliError('ERR_BACKUP_KEY', `Expected ${expected}, got ${got}.`);
