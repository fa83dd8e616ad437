// `npm run bench`: what instrumentation costs, beside its peers. See npm run bench -- --help

import { describeMachine } from './machine.mjs';
import { readBenchOptions } from './options.mjs';
import { benchRecord } from './record/bench-record.mjs';
import { renderRecord } from './record/render-record.mjs';

const options = readBenchOptions(process.argv.slice(2));
const say = (text) => process.stderr.write(`${text}\n`);

const machine = describeMachine();
const record = await benchRecord({ ...options, say });
process.stdout.write(
  options.json
    ? `${JSON.stringify({ machine, record }, null, 2)}\n`
    : `${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, commit ${machine.commit}\n\n${renderRecord(record)}`,
);
