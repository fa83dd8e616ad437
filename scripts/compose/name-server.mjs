import { execFileSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const headerBytes = 12;
/** An answer, with recursion to be had, that says SERVFAIL: https://www.rfc-editor.org/rfc/rfc1035#section-4.1.1 */
const failed = [0x81, 0x82];

/**
 * A name server for namespaces without a way out, that fails each question at once, as one does that has lost its network. The engine hands on to it
 * whatever it does not know itself; without one, a question gets no answer at all, and programs that ask for more than an address (gRPC, for TXT) stand
 * still. `/etc/resolv.conf` is changed in this mount namespace alone.
 */
export async function openNameServer(folder) {
  const socket = createSocket('udp4');
  socket.on('message', (question, { port, address }) => {
    if (question.length < headerBytes) return;
    const answer = Buffer.from(question);
    answer.set(failed, 2);
    socket.send(answer, port, address);
  });
  socket.bind(53, '127.0.0.1');
  await once(socket, 'listening');
  const file = join(folder, 'resolv.conf');
  writeFileSync(file, 'nameserver 127.0.0.1\n');
  execFileSync('mount', ['--bind', file, '/etc/resolv.conf']);
  socket.unref();
}
