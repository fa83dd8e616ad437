import { renderComparison } from '../../../examples/shop/dist/ledger/index.js';
import { demoLogins, renderLogins } from '../demo-logins.mjs';
import { stoppedEarly } from '../interrupt.mjs';
import { createLiveTable } from '../live-table.mjs';
import { requestsNow } from './compare-services.mjs';
import { runServices } from './run-services.mjs';
import { renderTrees } from './trace-tree.mjs';

/** `npm start -- --services`: runs them, and prints what came of it. Returns the exit code. */
export async function startAsServices({ options, data, interrupted, say }) {
  const { rate, seconds, seed, json } = options;
  const table = createLiveTable();
  let code = 1;
  let isRunning = false;
  try {
    const result = await runServices({
      ...{ dataDir: data.path, rate, seconds, seed, signal: interrupted, say },
      onRunning: async (open, { postgres }) => {
        isRunning = true;
        for (const [name, address] of Object.entries(open)) say(`  ${name.padEnd(22)} ${address}`);
        const logins = await demoLogins(postgres, data.path);
        if (!json) say(renderLogins(open.storefront, logins));
        say(
          seconds === undefined
            ? 'Ctrl-C stops everything.\n'
            : `Load for ${seconds} s; Ctrl-C stops earlier.\n`,
        );
      },
      onPrometheus: (prometheus, since) => {
        requestsNow(prometheus, since).then(
          (rows) => table.print('Requests that each service answered, per tenant', rows),
          () => undefined,
        );
      },
    });
    process.stdout.write(json ? `${JSON.stringify(result, null, 2)}\n` : `${render(result)}\n`);
    code = result.equal && result.problems.length === 0 ? 0 : 1;
  } catch (error) {
    const early = !isRunning && interrupted.aborted;
    say(early ? stoppedEarly : `npm start: ${error.message}`);
  }
  data.leave(code === 0 || (!isRunning && interrupted.aborted));
  return code;
}

function render({ rows, problems, purchase, usersDatabase }) {
  const services = [...new Set(rows.map(({ service }) => service))];
  const wrong = rows.filter(({ equal }) => !equal).length;
  return [
    ...services.flatMap((wanted) => [
      wanted === 'users' ? `users (on ${usersDatabase})` : wanted,
      renderComparison(rows.filter(({ service }) => service === wanted)),
      '',
    ]),
    `One purchase of ${purchase.tenant}, trace ${purchase.traceId}:`,
    renderTrees(purchase.tree),
    '',
    wrong === 0 ? `${rows.length} rows, all equal.` : `${wrong} of ${rows.length} rows differ.`,
    ...problems,
  ].join('\n');
}
