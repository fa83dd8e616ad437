// What a request costs with the preload and without, without the kernel: connections are streams in this process, so that nothing but
// JavaScript is measured and the lowest round repeats within some hundred nanoseconds. bench/request measures whole processes. After a build:
//   node [--import @bellwether/sdk/register] src/instrumentations/http-server.bench.ts
import { createServer } from 'node:http';
import { Duplex } from 'node:stream';
import express from 'express';

const request = Buffer.from(
  'GET /hello/world HTTP/1.1\r\nhost: 127.0.0.1:8080\r\nuser-agent: bench/1\r\naccept: */*\r\n\r\n',
);
let left = 0;
const connected = 16;
let done = () => {};

/** A kept connection whose client asks again as soon as it is answered. */
class Connection extends Duplex {
  override _read(): void {}
  override _write(_: unknown, __: unknown, written: () => void): void {
    written();
    this.ask();
  }
  override _writev(_: unknown, written: () => void): void {
    written();
    this.ask();
  }
  ask(): void {
    left -= 1;
    if (left >= 0) setImmediate(() => this.push(request));
    else if (left === -connected) done();
  }
  setTimeout(): this {
    return this;
  }
}

const app = express();
app.get('/hello/:name', (incoming, response) => {
  response.json({ hello: incoming.params.name });
});
const server = createServer(app);
const connections = Array.from({ length: connected }, () => {
  const connection = new Connection();
  server.emit('connection', connection);
  return connection;
});

async function round(requests: number): Promise<number> {
  const before = process.cpuUsage();
  await new Promise<void>((resolve) => {
    left = requests;
    done = resolve;
    for (const connection of connections) connection.ask();
  });
  const { user, system } = process.cpuUsage(before);
  return (user + system) / requests;
}

await round(6_000);
const rounds: number[] = [];
for (let index = 0; index < 40; index += 1) rounds.push(await round(400));
rounds.sort((a, b) => a - b);
const [lowest = 0, median = 0] = [rounds[0], rounds[20]];
console.log(`CPU of a request: ${lowest.toFixed(1)} us (lowest), ${median.toFixed(1)} us (median)`);
process.exit(0);
