// Loaded into every replica before the SDK. On SIGUSR2 the process does what the file says that CHAOS_ORDER_FILE names, between two
// requests or in the middle of one: what no signal can bring about. `exit`, `throw`, or `clock <milliseconds>`: from then on its clock
// is that far off (negative: behind), as one that somebody has set; performance.now() goes on as it does then.
import { readFileSync } from 'node:fs';

const RealDate = Date;
const now = RealDate.now;
let offMs = 0;
RealDate.now = () => now() + offMs;
globalThis.Date = new Proxy(RealDate, {
  apply: () => String(new RealDate(RealDate.now())),
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length === 0 ? [RealDate.now()] : args, newTarget),
});

process.on('SIGUSR2', () => {
  const [order, ms] = readFileSync(process.env.CHAOS_ORDER_FILE, 'utf8').split(' ');
  if (order === 'exit') process.exit(7);
  if (order !== 'clock') throw new Error(`npm run chaos ordered: ${order}`);
  offMs = Number(ms);
});
