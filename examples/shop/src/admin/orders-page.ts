import type { RequestHandler } from 'express';
import { z } from 'zod';
import { minorUnits } from '../database/seed-data.ts';
import { HttpProblem } from '../http/http-problem.ts';
import { readQuery } from '../http/read-request.ts';
import { text } from '../http/text.ts';
import type { Services } from '../services.ts';
import { adminPlaces } from './admin-menu.ts';
import { adminOf } from './identify-admin.ts';
import { html } from './pages/html.ts';
import { sendPage } from './pages/send-page.ts';

const Query = z.object({
  tenant: text(64).optional(),
  /** Orders placed before the one of this id: ids are UUIDs of version 7, which sort by time. */
  before: z.uuid().optional(),
});
const perPage = 50;

/** GET /orders: of the user's own tenant, whatever is asked; of any for a super admin. */
export function ordersPage({ database, settings }: Services): RequestHandler {
  return async (request, response) => {
    const identity = adminOf(response);
    const { tenant: wanted, before } = readQuery(request, Query);
    if (identity.tenant !== null && wanted !== undefined && wanted !== identity.tenant) {
      throw new HttpProblem(403, 'other_tenant', 'Expected your own tenant, got another');
    }
    const tenants = identity.tenant === null ? await allTenants() : [identity.tenant];
    const tenant = wanted ?? tenants[0] ?? '';
    const orders = await database.order.findMany({
      where: { tenantId: tenant, ...(before !== undefined && { id: { lt: before } }) },
      orderBy: { id: 'desc' },
      take: perPage,
      select: {
        ...{ id: true, createdAt: true, status: true, currency: true, totalMinor: true },
        customer: { select: { name: true } },
      },
    });
    const last = orders.length === perPage ? orders.at(-1) : undefined;
    const older = new URLSearchParams({ tenant, before: last?.id ?? '' });
    sendPage(response, {
      title: `Orders of ${tenant}`,
      identity,
      menu: adminPlaces(identity, settings),
      body: html`<h1>Orders of ${tenant}</h1>
${
  tenants.length > 1 &&
  html`<form class="row" method="get"><label for="tenant">Tenant</label>
<select id="tenant" name="tenant">${tenants.map(
    (id) => html`<option${id === tenant && html` selected`}>${id}</option>`,
  )}</select><button class="quiet">Show</button></form>`
}
${orders.length === 0 && html`<p class="empty">No orders${before !== undefined && ' before these'}.</p>`}
${
  orders.length > 0 &&
  html`<div class="scroll" role="region" aria-label="Orders" tabindex="0"><table>
<thead><tr><th scope="col">Placed (UTC)</th><th scope="col">Order</th><th scope="col">Customer</th><th scope="col">Status</th><th scope="col" class="number">Total</th></tr></thead>
<tbody>${orders.map(
    ({ id, createdAt, status, currency, totalMinor, customer }) => html`<tr>
<td>${createdAt.toISOString().slice(0, 19).replace('T', ' ')}</td><td><code>${id.slice(-12)}</code></td><td>${customer.name}</td>
<td><span class="status ${status}">${status}</span></td><td class="number">${money(totalMinor, currency)}</td></tr>`,
  )}</tbody></table></div>`
}
${last !== undefined && html`<p><a href="?${older.toString()}">Older orders</a></p>`}`,
    });
  };

  async function allTenants(): Promise<string[]> {
    const tenants = await database.tenant.findMany({
      select: { id: true },
      orderBy: { id: 'asc' },
    });
    return tenants.map(({ id }) => id);
  }
}

function money(minor: number, currency: string): string {
  const amount = minor / (minorUnits[currency] ?? 100);
  return new Intl.NumberFormat('en', { style: 'currency', currency }).format(amount);
}
