import {
  createRequestStore,
  requestStoreOf,
  resolveTenant,
  withRequestStore,
} from '@bellwether/meters/runtime';
import { fuzz, hasUnseen, hostileText } from '@bellwether/testkit/fuzz';
import { isSpanContextValid, propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import {
  CompositePropagator,
  W3CBaggagePropagator,
  W3CTraceContextPropagator,
} from '@opentelemetry/core';
import fc from 'fast-check';
import { expect } from 'vitest';
import { isHeader } from '../config/is-header.ts';
import { baggageHosts } from './baggage-hosts.ts';
import { parseHostEntry } from './host-entry.ts';
import { tenantInBaggage, tenantPropagator } from './tenant-propagator.ts';

type Headers = Record<string, string | string[] | undefined>;

const standard = new CompositePropagator({
  propagators: [new W3CTraceContextPropagator(), new W3CBaggagePropagator()],
});
const propagator = tenantPropagator(standard, baggageHosts(['10.0.0.7']));
const from = (address: string) => ({
  get: (headers: Headers, key: string) => headers[key],
  keys: (headers: Headers) => Object.keys(headers),
  peerAddress: () => address,
});
const to = (host: string) => ({
  set: (headers: Headers, key: string, value: string) => {
    headers[key] = value;
  },
  target: () => ({ host, port: 80 }),
});

const text = hostileText();
const traceparent = fc.oneof(
  text,
  fc.stringMatching(/^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}(-.*)?$/),
  fc.constantFrom(
    '00-00000000000000000000000000000000-b7ad6b7169203331-01',
    'ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    '00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01',
  ),
);
const list = (separator: string) =>
  fc.oneof(
    text,
    fc
      .array(fc.tuple(text, text), { maxLength: 300 })
      .map((pairs) => pairs.map((pair) => pair.join('=')).join(separator)),
  );
const several = (one: fc.Arbitrary<string>) =>
  fc.oneof({ weight: 5, arbitrary: one }, fc.array(one, { maxLength: 3 }));

fuzz(
  'headers of whatever name no tenant that is no word, and send nothing on that is no header',
  fc.record({
    headers: fc.record(
      {
        traceparent: several(traceparent),
        tracestate: several(list(',')),
        baggage: several(
          fc.oneof(
            list(','),
            text.map((value) => `tenant.id=${encodeURIComponent(value.toWellFormed())}`),
          ),
        ),
      },
      { requiredKeys: [] },
    ),
    peer: fc.constantFrom('10.0.0.7', '10.0.0.8', 'not-an-address'),
    tenant: fc.option(fc.constantFrom('acme', 'globex'), { nil: undefined }),
  }),
  ({ headers, peer, tenant }) => {
    const store = createRequestStore();
    if (tenant !== undefined) store.tenant = resolveTenant(tenant);
    const own = withRequestStore(ROOT_CONTEXT, store);
    const context = propagator.extract(own, headers, from(peer));
    expect(requestStoreOf(context)).toBe(store);
    const claimed = tenantInBaggage(context);
    if (peer !== '10.0.0.7') expect(propagation.getBaggage(context)).toBeUndefined();
    if (claimed !== undefined) expect(resolveTenant(claimed)?.id ?? 'a').toMatch(/^[\w.-]{1,64}$/);
    const span = trace.getSpanContext(context);
    if (span !== undefined) expect(isSpanContextValid(span)).toBe(true);
    for (const host of ['10.0.0.7', 'evil.example.com']) {
      const outgoing: Headers = {};
      propagator.inject(context, outgoing, to(host));
      for (const [name, value] of Object.entries(outgoing)) {
        expect(isHeader(name, String(value)), `${name}: ${JSON.stringify(value)}`).toBe(true);
        expect(hasUnseen(String(value))).toBe(false);
        expect(String(value).length).toBeLessThan(10_000);
      }
      if (host !== '10.0.0.7') expect(outgoing).not.toHaveProperty('baggage');
      else if (outgoing.baggage !== undefined && tenant !== undefined)
        expect(outgoing.baggage).toContain(`tenant.id=${tenant}`);
    }
  },
  { runs: 200 },
);

fuzz(
  'an entry of the list of hosts is read as one host, or not at all',
  fc.oneof(
    text,
    fc.tuple(text, fc.constantFrom(':', '/'), fc.nat()).map((parts) => parts.join('')),
  ),
  (entry) => {
    const read = parseHostEntry(entry);
    if (read === undefined) return;
    expect(read.host).toMatch(/^[a-z0-9_.:-]{1,253}$/);
    expect(read.port ?? 1).toBeLessThanOrEqual(65_535);
  },
  {
    runs: 300,
    corpus: [
      `${'a-'.repeat(125)}!`,
      `${'a.'.repeat(126)}!`,
      '::ffff:1.2.3.4/96',
      '1.2.3.4/33',
      '[::1%eth0]:1',
    ],
  },
);
