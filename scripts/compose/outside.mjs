import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';

/** Of the addresses that are kept for documentation: https://www.rfc-editor.org/rfc/rfc5737 */
const [here, there] = ['192.0.2.1', '192.0.2.2'];
const listen =
  "require('node:net').createServer((socket) => socket.end()).listen(80, '0.0.0.0', () => console.log('ready'))";

/**
 * Somebody outside of all networks of the engine, in a network namespace beside this one: gives the `host:port` where he listens. He ends with the process
 * namespace of this program.
 */
export async function openOutside() {
  const neighbour = spawn('unshare', ['--net', process.execPath, '-e', listen], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(neighbour.stdout, 'data');
  const pid = String(neighbour.pid);
  const ip = (...args) => execFileSync('ip', args);
  const ipThere = (...args) => execFileSync('nsenter', ['-t', pid, '-n', 'ip', ...args]);
  ip('link', 'add', 'outside0', 'type', 'veth', 'peer', 'name', 'outside1', 'netns', pid);
  ip('addr', 'add', `${here}/24`, 'dev', 'outside0');
  ip('link', 'set', 'outside0', 'up');
  ipThere('addr', 'add', `${there}/24`, 'dev', 'outside1');
  ipThere('link', 'set', 'outside1', 'up');
  // So that an answer would find its way back, whoever asks.
  ipThere('route', 'add', 'default', 'via', here);
  return `${there}:80`;
}
