// Counts every 10 ms until SIGUSR2, then says how often, and ends: by itself, or by process.exit() with the argument `exit`.
import { counter, defineMeters } from '@bellwether/meters';

const meters = defineMeters('beats', {
  beats: counter('beats', { unit: '{beat}', description: 'Beats' }),
});
let beats = 0;
const timer = setInterval(() => {
  meters.beats.add(1);
  beats += 1;
}, 10);
process.on('SIGUSR2', () => {
  clearInterval(timer);
  console.log(`beats ${beats}`);
  if (process.argv[2] === 'exit') process.exit(0);
  process.exitCode = 0;
  process.removeAllListeners('SIGUSR2');
});
console.log('started');
