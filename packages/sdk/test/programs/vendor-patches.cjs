// Another vendor's agent that knows nothing of OpenTelemetry: globals of its own, patches of node:http, an exit listener.
const http = require('node:http');

const agent = { requests: 0, calls: 0 };
globalThis._vendor = agent;
const { emit } = http.Server.prototype;
http.Server.prototype.emit = function (event, ...args) {
  if (event === 'request') agent.requests += 1;
  return emit.call(this, event, ...args);
};
for (const name of ['request', 'get']) {
  const original = http[name];
  http[name] = function (...args) {
    agent.calls += 1;
    return original.apply(this, args);
  };
}
process.on('exit', () => console.log(`vendor ${agent.requests} ${agent.calls}`));
