import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadSuite, suiteNames } from '../suites.mjs';
import { judgeTargets } from './judge-targets.mjs';
import { renderPage } from './render-page.mjs';

const docs = fileURLToPath(new URL('../../docs', import.meta.url));
const file = join(docs, 'benchmarks/results.json');

/** The results that are kept: `{ suites, targets }`. */
export function readResults() {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return { suites: {}, targets: [] };
    throw error;
  }
}

/**
 * Puts new results in the place of the kept ones of the same suites. What failed is not kept: the numbers before it stay, with the machine and commit
 * that they are of.
 */
export async function keepResults(results, say) {
  const suites = { ...readResults().suites };
  for (const [name, result] of Object.entries(results)) {
    if (result.error === undefined) suites[name] = result;
    else say(`${name} failed: its kept results stay as they are`);
  }
  const ordered = suiteNames.filter((name) => suites[name] !== undefined);
  const kept = {
    suites: Object.fromEntries(ordered.map((name) => [name, suites[name]])),
    targets: judgeTargets(
      (
        await Promise.all(
          ordered.map(async (name) => (await loadSuite(name)).targets(suites[name])),
        )
      ).flat(),
    ),
  };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(kept, null, 2)}\n`);
  // What is not a number (a variant that failed) is null in the file, and the page is made from the file.
  return readResults();
}

/** Writes docs/benchmarks.md and its charts. */
export async function writePage(results, say) {
  const files = await pageFiles(results);
  const charts = join(docs, 'benchmarks');
  for (const name of readdirSync(charts)) if (name.endsWith('.svg')) rmSync(join(charts, name));
  for (const [path, text] of Object.entries(files)) writeFileSync(join(docs, path), text);
  say(`wrote ${Object.keys(files).length} files of docs/benchmarks`);
}

/** The files of the page, by path in docs. */
export async function pageFiles(results) {
  const names = Object.keys(results.suites);
  const loaded = await Promise.all(names.map(loadSuite));
  const tables = Object.fromEntries(
    names.map((name, index) => [name, loaded[index].render(results.suites[name])]),
  );
  return renderPage({ ...results, tables });
}
