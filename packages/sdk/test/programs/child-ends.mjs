// Records, and starts children that do: by fork, which inherits Node's flags, by spawn, which does not, and as a plain command.
import { exec, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { counter, defineMeters } from '@bellwether/meters';

const meters = defineMeters('children', {
  work: counter('children.work', {
    unit: '{thing}',
    description: 'Work done',
  }),
});
const file = fileURLToPath(import.meta.url);
const [role = 'parent'] = process.argv.slice(2);
const values = { parent: 1, forked: 2, spawned: 4, shell: 8, killed: 16 };
meters.work.add(values[role]);
if (role === 'killed') {
  setInterval(() => {}, 1_000);
  process.send('counted');
}
if (role === 'parent') {
  const forked = fork(file, ['forked']);
  const spawned = spawn(process.execPath, [file, 'spawned'], { stdio: 'inherit' });
  const shell = exec(`"${process.execPath}" "${file}" shell`);
  const killed = fork(file, ['killed']);
  killed.once('message', () => killed.kill());
  const ends = await Promise.all(
    [forked, spawned, shell, killed].map((child) => once(child, 'exit')),
  );
  console.log(ends.map(([code, signal]) => signal ?? code).join(' '));
}
