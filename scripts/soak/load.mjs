import http from 'node:http';

const orderBody = (items, stolen) => JSON.stringify({ items, stolen });

/**
 * The same requests at the same moments to every one of `ports`: `rate` a second for each, whatever the answers take. Tenants come
 * and go: `living` at a time, one replaced every `tenantMs`. One request in twenty opens a connection of its own, one in forty is given up half-way, one in
 * twenty fails.
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
    reasons: {},
    open: 0,
  }));
  let number = 0;
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - began) / 1_000) * rate);
    // A machine that stood still owes no burst.
    number = Math.max(number, due - rate);
    for (; number < due; number += 1) {
      const plan = planOf(number, Math.floor((performance.now() - began) / tenantMs), living);
      for (const twin of twins) send(twin, plan);
    }
  }, 10);
  return {
    twins,
    /** Stops, and waits for the answers that are on their way. */
    async stop() {
      clearInterval(timer);
      const deadline = performance.now() + 5_000;
      while (twins.some(({ open }) => open > 0) && performance.now() < deadline)
        await new Promise((resolve) => setTimeout(resolve, 20));
      for (const { agent } of twins) agent.destroy();
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

function send(twin, { method, path, tenant, ownConnection, giveUp, body }) {
  twin.sent += 1;
  twin.open += 1;
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
  request.on('close', () => {
    twin.open -= 1;
  });
  if (giveUp) setTimeout(() => request.destroy(), 15);
  request.end(body);
}

function failed(twin, reason) {
  twin.failed += 1;
  twin.reasons[reason] = (twin.reasons[reason] ?? 0) + 1;
}
