// What every measured app has in common: a free port on loopback, and answers to the bench about its own costs.
import { monitorEventLoopDelay } from 'node:perf_hooks';

export function serve(app) {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const server = app.listen(0, '127.0.0.1', () => {
    process.send({ port: server.address().port });
  });
  process.on('message', (question) => {
    if (question === 'costs') {
      const { user, system } = process.cpuUsage();
      const { rss, heapUsed } = process.memoryUsage();
      process.send({ cpuUs: user + system, rss, heapUsed, longestBlockMs: delay.max / 1e6 });
      delay.reset();
      delay.enable();
    } else if (question === 'end') process.exit(0);
  });
  process.on('disconnect', () => process.exit(0));
}
