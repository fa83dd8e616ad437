import { CliError } from './cli-error.ts';

/**
 * The address of a server as somebody gave it by an option, without slashes at its end. Throws ERR_OPTION for one that is not http(s), and
 * for one with a user or a password in it, which `fetch` would refuse by quoting them. The message quotes neither.
 */
export function serverAddress(option: string, text: string): string {
  const url = URL.parse(text);
  const expected = `Expected ${option} to be an address as http://127.0.0.1:9090`;
  if (!/^https?:$/.test(url?.protocol ?? '')) {
    // Who knows what it holds.
    const got = text.includes('@') ? 'another text' : text;
    throw new CliError('ERR_OPTION', `${expected}, got ${got}.`);
  }
  if (url?.username === '' && url.password === '') return text.replace(/\/+$/, '');
  throw new CliError(
    'ERR_OPTION',
    `${expected}, got one with a user or a password in it; ask the server where it needs none, and leave them out.`,
  );
}
