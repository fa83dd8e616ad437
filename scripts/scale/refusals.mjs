import { readFileSync } from 'node:fs';

/**
 * Points of batches that a Collector has given up so far, by its log. `conflict`: the receivers said 409, which stores every point but those that
 * contradict one that is there. `lost`: everything else.
 */
export function givenUp({ log }) {
  const dropped = linesOf(log).filter((line) => line.includes('Dropping data'));
  const [conflict, lost] = [
    dropped.filter((line) => line.includes('HTTP Status Code 409')),
    dropped.filter((line) => !line.includes('HTTP Status Code 409')),
  ].map((lines) =>
    lines.reduce((sum, line) => sum + Number(/"dropped_items":(\d+)/.exec(line)?.[1] ?? 0), 0),
  );
  return { conflict, lost };
}

/** Samples that a receiver did not store, by its log: `[{ why, count }]`. Exemplars are not among them: after an outage newer ones were there first. */
export function samplesRefused({ log }) {
  return linesOf(log)
    .map((line) => /"msg":"Error on ingesting ([^"]+)".*?"numDropped":(\d+)/.exec(line))
    .filter((match) => match !== null && !match[1].includes('exemplar'))
    .map(([, why, count]) => ({ why, count: Number(count) }));
}

const linesOf = (file) => readFileSync(file, 'utf8').split('\n');
