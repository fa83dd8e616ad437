import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Context, processContext } from '../context.ts';
import { ensureDebianProgram } from './ensure-debian-program.ts';

const exporter = {
  name: 'an_exporter',
  variable: 'BELLWETHER_AN_EXPORTER',
  onPath: ['an_exporter'],
  package: 'an-exporter',
  file: 'usr/bin/an-exporter',
};
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'debian-'));
  mkdirSync(join(folder, 'bin'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function program(name: string, script: string): string {
  const file = join(folder, 'bin', name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}

const ensure = (env: Context['env'] = {}, uid = 1000) =>
  ensureDebianProgram(exporter, {
    context: {
      ...processContext(),
      uid,
      env: { PATH: `${folder}/bin:/usr/bin:/bin`, XDG_CACHE_HOME: join(folder, 'cache'), ...env },
    },
    say: () => {},
  });

/** An apt-get and a dpkg-deb that write down what they are asked; the archive has the program. */
function fakeDebian(download = 'echo deb > an-exporter_1_all.deb') {
  program(
    'apt-get',
    `echo "apt-get $*" >> ${folder}/asked; case $1 in download) ${download};; esac`,
  );
  program(
    'dpkg-deb',
    `echo "dpkg-deb $1" >> ${folder}/asked; mkdir -p $3/usr/bin; touch $3/usr/bin/an-exporter; chmod +x $3/usr/bin/an-exporter`,
  );
}
const asked = () => readFileSync(join(folder, 'asked'), 'utf8').trim().split('\n');

test('the variable comes first, and names a program or is an error', async () => {
  const mine = program('mine', 'true');
  program('an_exporter', 'true');
  expect((await ensure({ BELLWETHER_AN_EXPORTER: mine })).file).toBe(mine);
  await expect(ensure({ BELLWETHER_AN_EXPORTER: '/absent' })).rejects.toMatchObject({
    code: 'ERR_SERVER_BINARY',
  });
});

test('one on PATH is taken', async () => {
  const file = program('an_exporter', 'true');
  expect((await ensure()).file).toBe(file);
});

test('the package is unpacked into the cache once, and never installed', async () => {
  fakeDebian();
  const both = await Promise.all([ensure(), ensure()]);
  await ensure();
  const file = join(folder, 'cache/bellwether/servers/debian/an-exporter/usr/bin/an-exporter');
  expect(both.map((found) => found.file)).toEqual([file, file]);
  expect(asked()).toEqual(['apt-get download -q an-exporter', 'dpkg-deb --extract']);
  expect(readdirSync(join(folder, 'cache/bellwether/servers'))).toEqual(['debian']);
});

test('root fetches the lists of packages when there are none', async () => {
  fakeDebian(`[ -e ${folder}/lists ] && touch a.deb || { touch ${folder}/lists; exit 100; }`);
  await ensure({}, 0);
  expect(asked()).toEqual([
    'apt-get download -q an-exporter',
    'apt-get update -q',
    'apt-get download -q an-exporter',
    'dpkg-deb --extract',
  ]);
});

test('no such package, or no apt-get: one error that says what to do', async () => {
  fakeDebian('echo "E: Unable to locate package an-exporter" >&2; exit 100');
  const missing = { code: 'ERR_PACKAGE_MISSING' };
  await expect(ensure()).rejects.toMatchObject({
    ...missing,
    message: expect.stringContaining(
      'got neither (E: Unable to locate package an-exporter); install an_exporter, or name one by BELLWETHER_AN_EXPORTER.',
    ),
  });
  await expect(ensure({ PATH: join(folder, 'nowhere') })).rejects.toMatchObject(missing);
});
