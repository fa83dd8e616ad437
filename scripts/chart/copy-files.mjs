// What the chart carries is what runs everywhere else: rules, dashboards and the Collector's configuration, copied into charts/bellwether/files,
// because a chart can read its own folder only. `npm run generate` runs it. node scripts/chart/copy-files.mjs [--check]
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const target = join(root, 'charts/bellwether/files');
const wanted = new Map([
  ...below('prometheus/rules', 'rules'),
  ...below('grafana/dashboards', 'dashboards'),
  ['collector/config.yaml', readFileSync(join(root, 'collector/config.yaml'))],
]);
const stale = filesBelow(target).filter((name) => !wanted.has(name));
const changed = [...wanted].filter(([name, content]) => !isSame(join(target, name), content));

if (process.argv.includes('--check')) {
  const names = [...stale, ...changed.map(([name]) => name)];
  for (const name of names)
    process.stderr.write(
      `Expected charts/bellwether/files/${name} to be what it is a copy of; npm run generate\n`,
    );
  process.exitCode = names.length > 0 ? 1 : 0;
} else {
  for (const name of stale) rmSync(join(target, name));
  for (const [name, content] of changed) {
    mkdirSync(dirname(join(target, name)), { recursive: true });
    writeFileSync(join(target, name), content);
  }
}

function below(folder, name) {
  return filesBelow(join(root, folder)).map((file) => [
    `${name}/${file}`,
    readFileSync(join(root, folder, file)),
  ]);
}

function filesBelow(folder) {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
      .sort();
  } catch {
    return [];
  }
}

function isSame(file, content) {
  try {
    return readFileSync(file).equals(content);
  } catch {
    return false;
  }
}
