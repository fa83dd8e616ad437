import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';
import type { Context } from '../src/context.ts';
import { processContext } from '../src/context.ts';
import type { Diagnosis } from '../src/doctor/diagnosis.ts';
import { runCli } from '../src/run-cli.ts';

const repository = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

export interface Project {
  /** Over a package.json of a healthy application. */
  readonly manifest?: Readonly<Record<string, unknown>>;
  readonly files?: Readonly<Record<string, string>>;
  /** Packages that are nothing but a version, besides the real SDK and API; by their path below node_modules. */
  readonly packages?: Readonly<Record<string, string>>;
  /** Real packages of this repository that are not installed. */
  readonly without?: readonly string[];
}

/** An application of a user with the built SDK of this repository installed. Nothing is wrong with it but what is asked for. */
export function doctorProject(project: Project = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'bellwether-doctor-'));
  folders.push(folder);
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const dependencies = Object.fromEntries(
    Object.keys(project.packages ?? {})
      .filter((path) => !path.includes('/node_modules/'))
      .map((name) => [name, '*']),
  );
  const manifest = {
    name: 'patient',
    version: '1.0.0',
    type: 'module',
    scripts: { start: 'node --import @bellwether/sdk/register app.js' },
    dependencies: { '@bellwether/sdk': '*', '@opentelemetry/api': '*', ...dependencies },
    ...project.manifest,
  };
  write('package.json', JSON.stringify(manifest));
  write('app.js', "import 'node:http';\n");
  for (const [path, text] of Object.entries(project.files ?? {})) write(path, text);
  for (const [path, version] of Object.entries(project.packages ?? {})) {
    const name = path.split('node_modules/').at(-1) ?? path;
    const inner = Object.keys(project.packages ?? {})
      .filter((other) => other.startsWith(`${path}/node_modules/`))
      .map((other) => [other.slice(path.length + '/node_modules/'.length), '*']);
    const text = JSON.stringify({ name, version, dependencies: Object.fromEntries(inner) });
    write(`node_modules/${path}/package.json`, text);
  }
  const real = {
    '@bellwether/sdk': 'packages/sdk',
    '@opentelemetry/api': 'node_modules/@opentelemetry/api',
  };
  for (const [name, path] of Object.entries(real)) {
    if (project.without?.includes(name) === true || project.packages?.[name] !== undefined)
      continue;
    mkdirSync(dirname(join(folder, 'node_modules', name)), { recursive: true });
    symlinkSync(repository(path), join(folder, 'node_modules', name));
  }
  return folder;
}

export interface Visit extends Diagnosis {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** The rows that are not ok, in order: `id: status`. */
  readonly ill: readonly string[];
  message(id: string): string;
}

/** The command as a user runs it there, in an environment that has nothing but PATH and `env`. */
export async function runDoctor(
  cwd: string,
  args: readonly string[],
  { env = {}, ...changes }: Partial<Context> = {},
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  const said = { code: 0, out: '', err: '' };
  await runCli(['doctor', ...args], {
    ...processContext(),
    env: { PATH: process.env.PATH, ...env },
    cwd,
    interactive: false,
    out: (text) => {
      said.out += `${text}\n`;
    },
    err: (text) => {
      said.err += `${text}\n`;
    },
    setExitCode: (code) => {
      said.code = code;
    },
    ...changes,
  });
  return said;
}

/** The same with `--json`, read. */
export async function doctor(
  cwd: string,
  args: readonly string[] = [],
  changes: Partial<Context> = {},
): Promise<Visit> {
  const said = await runDoctor(cwd, ['--json', ...args], changes);
  if (said.out === '') throw new Error(`Expected a document, got ${said.err}`);
  const report = JSON.parse(said.out) as Diagnosis;
  return {
    ...said,
    ...report,
    ill: report.checks
      .filter(({ status }) => status !== 'ok')
      .map(({ id, status }) => `${id}: ${status}`),
    message: (id) => report.checks.find((row) => row.id === id)?.message ?? '',
  };
}
