// Loaded into every replica before the SDK. On SIGUSR2 the process ends as the file says that CHAOS_ORDER_FILE names, between two
// requests or in the middle of one: what no signal can bring about.
import { readFileSync } from 'node:fs';

process.on('SIGUSR2', () => {
  const order = readFileSync(process.env.CHAOS_ORDER_FILE, 'utf8');
  if (order === 'exit') process.exit(7);
  throw new Error(`npm run chaos ordered: ${order}`);
});
