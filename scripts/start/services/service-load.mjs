import { setTimeout as wait } from 'node:timers/promises';
import { openChat } from './chat-client.mjs';
import { newCustomer } from './purchase.mjs';

const socketsOfTenant = 2;
const everyMs = 1_000;

/**
 * What the shop's own traffic does not do: for each tenant a customer whose sockets chat, who looks at and changes the profile, and who
 * in the end sends a burst of requests. Goes on until the signal; returns what was answered and heard, counted outside of the services.
 */
export async function serviceLoad({ gateway, chat, tenants, hasProfiles, burst, signal }) {
  const tallies = await Promise.all(
    tenants.map((tenant) => loadOf({ gateway, chat, tenant, hasProfiles, burst, signal })),
  );
  return Object.fromEntries(tallies.map((tally) => [tally.tenant, tally]));
}

async function loadOf({ gateway, chat, tenant, hasProfiles, burst, signal }) {
  const tally = { tenant: tenant.id, requests: 0, limited: 0, said: 0, heard: 0, sockets: 0 };
  const customer = await newCustomer({ gateway, tenant });
  tally.requests += 2;
  const sockets = [];
  for (let number = 0; number < socketsOfTenant; number += 1) {
    sockets.push(await openChat(chat, customer.token));
    tally.sockets += 1;
  }
  for (let turn = 0; !signal.aborted; turn += 1) {
    const said = `${turn} of ${customer.email}`;
    sockets[turn % sockets.length].say(said);
    tally.said += 1;
    // Everybody in the room hears it, who said it too: the next one waits for that.
    await Promise.all(sockets.map((socket) => socket.heard((text) => text === said)));
    if (hasProfiles) {
      await customer.send('PUT', '/profile', { name: `A customer, ${turn}` });
      await customer.send('GET', '/profile');
      tally.requests += 2;
    }
    await wait(everyMs, undefined, { signal }).catch(() => undefined);
  }
  const answers = await Promise.all(
    Array.from({ length: burst }, () =>
      fetch(`${gateway}/products`, {
        headers: { authorization: `Bearer ${customer.token}` },
        signal: AbortSignal.timeout(60_000),
      }).then(async (response) => {
        await response.arrayBuffer();
        return response.status;
      }),
    ),
  );
  tally.requests += answers.length;
  tally.limited += answers.filter((status) => status === 429).length;
  return {
    ...tally,
    /** Closes the sockets, and says how much was heard until then. */
    leave: async () => {
      await Promise.all(sockets.map((socket) => socket.close()));
      return sockets.reduce((sum, { texts }) => sum + texts.length, 0);
    },
  };
}
