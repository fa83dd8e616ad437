import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const tools = fileURLToPath(new URL('../../tools', import.meta.url));
const cache = join(
  process.env.XDG_CACHE_HOME || join(homedir(), '.cache'),
  'bellwether',
  'previous',
);
const prometheusCommon = 'github.com/prometheus/common/version.Version';

/**
 * The minor version before the one in `tools/`, how its module is made from ours, and the variable that makes the stack take it. `rewrite` replaces versions
 * in go.mod and the sources; without a committed go.sum the checksums are those of Go's own database.
 */
export const previousServers = [
  {
    name: 'prometheus',
    version: '3.14.0',
    variable: 'BELLWETHER_PROMETHEUS',
    tool: 'github.com/prometheus/prometheus/cmd/prometheus@v0.314.0',
    flags: ['-tags', 'remove_all_sd'],
    link: `${prometheusCommon}=3.14.0`,
  },
  {
    name: 'alertmanager',
    version: '0.30.0',
    variable: 'BELLWETHER_ALERTMANAGER',
    tool: 'github.com/prometheus/alertmanager/cmd/alertmanager@v0.30.0',
    link: `${prometheusCommon}=0.30.0`,
  },
  {
    name: 'otelcol',
    version: '0.154.0',
    variable: 'BELLWETHER_OTELCOL',
    rewrite: [
      ['v0.155.0', 'v0.154.0'],
      ['v1.61.0', 'v1.60.0'],
      ['"0.155.0"', '"0.154.0"'],
    ],
  },
];

/** The binary, built once into a cache of its own: minutes. Throws with what Go says where it is not to be had. */
export async function previousServer({ name, version, tool, rewrite = [], flags = [], link }, say) {
  const file = join(cache, `${name}-${version}`, name);
  if (existsSync(file)) return file;
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, 'building-'));
  const go = (args, mod) =>
    run('go', args, {
      cwd: work,
      env: { ...process.env, GOFLAGS: mod },
      maxBuffer: 64 * 1024 * 1024,
    });
  try {
    say(`building ${name} ${version}, the version before (once)`);
    cpSync(join(tools, name), work, { recursive: true });
    for (const source of readdirSync(work).filter((each) => /^go\.mod$|\.go$/.test(each))) {
      const text = readFileSync(join(work, source), 'utf8');
      writeFileSync(
        join(work, source),
        rewrite.reduce((all, [from, to]) => all.replaceAll(from, to), text),
      );
    }
    if (tool !== undefined) await go(['get', '-tool', tool], '-mod=mod');
    const ldflags = ['-s', '-w', ...(link === undefined ? [] : ['-X', link])].join(' ');
    const target = tool === undefined ? '.' : tool.split('@')[0];
    await go(
      [
        'build',
        '-trimpath',
        '-buildvcs=false',
        ...flags,
        '-ldflags',
        ldflags,
        '-o',
        'built',
        target,
      ],
      '-mod=mod',
    );
    mkdirSync(join(file, '..'), { recursive: true });
    renameSync(join(work, 'built'), file);
    return file;
  } catch (error) {
    throw new Error(
      `${name} ${version} is not to be had: ${(error.stderr ?? error.message).trim().split('\n').slice(-3).join(' ')}`,
    );
  } finally {
    await run('chmod', ['-R', 'u+w', work]);
    rmSync(work, { recursive: true, force: true });
  }
}
