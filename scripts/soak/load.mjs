import http from 'node:http';

const orderBody = (items, stolen) => JSON.stringify({ items, stolen });

/**
 * The same requests at the same moments to every one of `ports`, which come first by turns: `rate` a second for each, whatever the answers
 * take. Tenants come and go: `living` at a time, one replaced every `tenantMs`. One request in twenty opens a connection of its own, one in
 * forty is given up half-way, one in twenty fails.
 */
export function startLoad({ ports, rate, living, tenantMs }) {
  const began = performance.now();
  const twins = ports.map((port) => ({
    port,
    agent: new http.Agent({ keepAlive: true, maxSockets: 32 }),
    sent: 0,
    answered: 0,
    orders: 0,
    givenUp: 0,
    failed: 0,
    /** By reason: how often, and the seconds of the first and the last time. */
    reasons: {},
    /** Those that `stop` did not wait for any longer. */
    cutOff: 0,
    open: new Set(),
  }));
  const backwards = [...twins].reverse();
  let stopping = false;
  let number = 0;
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - began) / 1_000) * rate);
    // A machine that stood still owes no burst.
    number = Math.max(number, due - rate);
    for (; number < due; number += 1) {
      const plan = planOf(number, Math.floor((performance.now() - began) / tenantMs), living);
      for (const twin of number % 80 < 40 ? twins : backwards) send(twin, plan, failed);
    }
  }, 10);
  function failed(twin, reason) {
    if (stopping) return;
    const seconds = Math.round((performance.now() - began) / 1_000);
    twin.failed += 1;
    twin.reasons[reason] ??= { count: 0, from: seconds };
    twin.reasons[reason].count += 1;
    twin.reasons[reason].to = seconds;
  }
  return {
    twins,
    /**
     * Stops, and waits for what is on its way: on a machine that is behind, that may be the requests of many seconds. What is not
     * answered within `withinMs` is cut off before the service is stopped, or it would fail for that reason.
     */
    async stop(withinMs = 60_000) {
      clearInterval(timer);
      const deadline = performance.now() + withinMs;
      while (twins.some(({ open }) => open.size > 0) && performance.now() < deadline)
        await new Promise((resolve) => setTimeout(resolve, 20));
      stopping = true;
      for (const twin of twins) {
        twin.cutOff += twin.open.size;
        for (const request of twin.open) request.destroy();
        twin.agent.destroy();
      }
    },
  };
}

/** What request `number` is: the same for every twin and in every run. */
function planOf(number, gone, living) {
  const tenant = `tenant-${gone + ((number * 7) % living)}`;
  const turn = number % 40;
  const ownConnection = turn % 20 === 7;
  if (turn % 20 === 3) return { method: 'GET', path: '/fail', tenant, ownConnection };
  if (turn === 11)
    return { method: 'GET', path: '/slow', tenant, ownConnection: true, giveUp: true };
  if (turn % 4 === 0) {
    const body = orderBody(1 + (number % 5), number % 11 === 0);
    return { method: 'POST', path: '/orders', tenant, ownConnection, body };
  }
  return { method: 'GET', path: `/items/${number}`, tenant, ownConnection };
}

function send(twin, { method, path, tenant, ownConnection, giveUp, body }, failed) {
  twin.sent += 1;
  const request = http.request(
    {
      host: '127.0.0.1',
      port: twin.port,
      method,
      path,
      agent: ownConnection ? false : twin.agent,
      headers: {
        'x-tenant': tenant,
        ...(body && { 'content-type': 'application/json', 'content-length': body.length }),
      },
    },
    (response) => {
      response.resume();
      response.on('end', () => {
        if (response.statusCode === 201) twin.orders += 1;
        if (response.statusCode < 500 || path === '/fail') twin.answered += 1;
        else failed(twin, `${path.split('/')[1]} ${response.statusCode}`);
      });
    },
  );
  request.on('error', ({ code }) => {
    if (giveUp) twin.givenUp += 1;
    else failed(twin, code);
  });
  twin.open.add(request);
  request.on('close', () => twin.open.delete(request));
  if (giveUp) setTimeout(() => request.destroy(), 15);
  request.end(body);
}
