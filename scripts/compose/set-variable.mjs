import {
  chmodSync,
  chownSync,
  existsSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';

/** For the user alone: people keep passwords in such a file. */
const NEW_FILE_MODE = 0o600;

/**
 * Sets one variable in a file such as .env, where it stands, else in a line at the end. Everything else in the file stays, and so do its mode
 * and owner. The file is written beside and moved there: whoever reads it meanwhile, and a disk that fills up, leaves it whole.
 */
export function setVariable(path, name, value) {
  const there = existsSync(path);
  const file = there ? realpathSync(path) : path;
  const before = there ? readFileSync(file, 'utf8') : '';
  const after = withVariable(before, name, value);
  if (there && after === before) return;
  const beside = `${file}.${process.pid}`;
  try {
    writeFileSync(beside, after, { mode: NEW_FILE_MODE, flag: 'wx', flush: true });
    if (there) takeOver(statSync(file), beside);
    renameSync(beside, file);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

function withVariable(text, name, value) {
  const line = `${name}=${value}`;
  const old = new RegExp(`^${name}=.*$`, 'gm');
  if (old.test(text)) return text.replace(old, line);
  const end = text === '' || text.endsWith('\n') ? '' : '\n';
  return `${text}${end}${line}\n`;
}

function takeOver({ mode, uid, gid }, path) {
  const own = statSync(path);
  if (own.uid !== uid || own.gid !== gid) chownSync(path, uid, gid);
  chmodSync(path, mode & 0o777);
}
