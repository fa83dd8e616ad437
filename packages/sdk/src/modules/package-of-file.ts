import { sep } from 'node:path';

/** A file seen as a part of the package that holds it. */
export interface PackageFile {
  readonly name: string;
  readonly directory: string;
  /** Relative to `directory`, with forward slashes. */
  readonly file: string;
}

const MARK = '/node_modules/';

/** Which package an absolute path belongs to, by its innermost `node_modules`; undefined for the app's own files. */
export function packageOfFile(path: string, separator: string = sep): PackageFile | undefined {
  const normal = separator === '/' ? path : path.replaceAll(separator, '/');
  const mark = normal.lastIndexOf(MARK);
  if (mark === -1) return undefined;
  const start = mark + MARK.length;
  let end = normal.indexOf('/', start);
  if (end !== -1 && normal[start] === '@') end = normal.indexOf('/', end + 1);
  if (end === -1) return undefined;
  return {
    name: normal.slice(start, end),
    directory: path.slice(0, end),
    file: normal.slice(end + 1),
  };
}
