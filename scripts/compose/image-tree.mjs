import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

const users = [
  'root:x:0:0:root:/root:/bin/sh',
  'nobody:x:65534:65534:nobody:/nonexistent:/bin/sh',
  'node:x:1000:1000:node:/home/node:/bin/sh',
  'service:x:999:999:service:/nonexistent:/bin/sh',
];

/** Makes the file tree of an image: a shell and its tools, users, an empty /tmp, and whatever is put in. */
export function imageTree(folder) {
  for (const path of [
    'bin',
    'usr/bin',
    'usr/local/bin',
    'etc',
    'root',
    'var',
    'run',
    'proc',
    'sys',
  ])
    mkdirSync(join(folder, path), { recursive: true });
  mkdirSync(join(folder, 'tmp'));
  // A tmpfs on it takes the mode that it has in the image.
  chmodSync(join(folder, 'tmp'), 0o1777);
  writeFileSync(join(folder, 'etc/passwd'), `${users.join('\n')}\n`);
  writeFileSync(
    join(folder, 'etc/group'),
    'root:x:0:\nnobody:x:65534:\nnode:x:1000:\nservice:x:999:\n',
  );
  writeFileSync(join(folder, 'etc/nsswitch.conf'), 'hosts: files dns\n');
  program(folder, '/bin/busybox', '/bin/busybox');
  const applets = execFileSync('/bin/busybox', ['--list'], { encoding: 'utf8' }).split('\n');
  for (const applet of applets)
    if (applet !== '' && applet !== 'busybox' && !existsSync(join(folder, 'bin', applet)))
      symlinkSync('busybox', join(folder, 'bin', applet));
}

/** Puts a program of this machine into the tree, with the libraries that it is linked to. */
export function program(folder, from, to) {
  put(folder, from, to);
  for (const library of librariesOf(from)) put(folder, library, library);
  // Names are looked up by libraries that nothing is linked to.
  for (const library of librariesOf(from).filter((path) => basename(path) === 'libc.so.6')) {
    for (const name of ['libnss_dns.so.2', 'libnss_files.so.2', 'libresolv.so.2']) {
      const path = join(dirname(library), name);
      if (existsSync(path)) put(folder, path, path);
    }
  }
}

/** Puts a file or a folder into the tree, links followed. */
export function put(folder, from, to) {
  const target = join(folder, to);
  mkdirSync(dirname(target), { recursive: true });
  cpSync(realpathSync(from), target, { recursive: true, verbatimSymlinks: true });
}

/** Those that a program is linked to, where they are on this machine. */
export function librariesOf(file) {
  let text;
  try {
    text = execFileSync('ldd', [file], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return []; // Linked to nothing.
  }
  return [...text.matchAll(/(?:=> )?(\/[^ ]+) \(0x/g)].map(([, path]) => path);
}
