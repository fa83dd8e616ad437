// Preloaded into every measured app, before anything that is compared: tells the bench the port of the app, and its costs when asked.
const { subscribe, unsubscribe } = require('node:diagnostics_channel');
const { isMainThread } = require('node:worker_threads');

const listening = 'tracing:net.server.listen:asyncEnd';

// The threads in which loader hooks run get the flags of the process, too.
if (isMainThread) {
  subscribe(listening, tellPort);
  process.on('message', tellCosts);
  process.on('disconnect', () => process.exit(0));
}

function tellPort({ server }) {
  unsubscribe(listening, tellPort);
  process.send({ port: server.address().port });
}

function tellCosts() {
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  process.send({ cpuUs: user + system, rss, heapUsed });
}
