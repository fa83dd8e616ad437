import { execFile } from 'node:child_process';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pack } from './pack.ts';
import { publicPackages, root } from './repository.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A stranger's project, outside of the repository, into which meters and sdk are installed as npm would publish them. */
export async function consumerProject(): Promise<string> {
  const packages = publicPackages().filter(({ name }) => /\/(meters|sdk)$/.test(name));
  const tarballs = await pack(packages, await temporaryFolder('pack'));
  const project = await temporaryFolder('consumer');
  await writeFile(join(project, 'package.json'), '{ "name": "consumer", "version": "3.2.1" }\n');
  await install(project, [...Object.values(tarballs), '@opentelemetry/api']);
  return project;
}

/** A folder of that project with its own Express, in the version that the repository has as `express` or `express4`. */
export async function withExpress(project: string, alias: string): Promise<string> {
  const folder = join(project, alias);
  const manifest = await readFile(join(root, 'node_modules', alias, 'package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { readonly version: string };
  await mkdir(folder);
  await writeFile(join(folder, 'package.json'), `{ "name": "${alias}-app", "version": "1.0.0" }\n`);
  await install(folder, [`express@${version}`]);
  return folder;
}

/** A folder of that project with its own copy of OpenTelemetry's API. */
export async function withApi(project: string, version: string): Promise<string> {
  const folder = join(project, `api-${version}`);
  await mkdir(folder);
  await writeFile(join(folder, 'package.json'), '{ "name": "own-api", "version": "1.0.0" }\n');
  await install(folder, [`@opentelemetry/api@${version}`]);
  return folder;
}

/** Copies programs of test/programs into a folder. */
export async function copyPrograms(folder: string, names: readonly string[]): Promise<void> {
  for (const name of names) await copyFile(join(root, 'test/programs', name), join(folder, name));
}

async function install(folder: string, wanted: readonly string[]): Promise<void> {
  const flags = ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund'];
  await promisify(execFile)('npm', ['install', `--prefix=${folder}`, ...flags, ...wanted], {
    cwd: folder,
  });
}
