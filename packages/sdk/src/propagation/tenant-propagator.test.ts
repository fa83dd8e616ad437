import { createRequestStore, resolveTenant, withRequestStore } from '@bellwether/meters/runtime';
import { type Context, propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import {
  CompositePropagator,
  W3CBaggagePropagator,
  W3CTraceContextPropagator,
} from '@opentelemetry/core';
import { expect, test } from 'vitest';
import { baggageHosts } from './baggage-hosts.ts';
import type { PeerGetter, TargetSetter } from './peer-carrier.ts';
import { tenantInBaggage, tenantPropagator } from './tenant-propagator.ts';

type Headers = Record<string, string>;

const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const standard = new CompositePropagator({
  propagators: [new W3CTraceContextPropagator(), new W3CBaggagePropagator()],
});
const hosts = baggageHosts(['10.0.0.7', '10.0.0.8:8080']);
const propagator = tenantPropagator(standard, hosts);

const from = (address: string | undefined): PeerGetter<Headers> => ({
  get: (headers, key) => headers[key],
  keys: (headers) => Object.keys(headers),
  peerAddress: () => address,
});
const to = (host: string, port: number): TargetSetter<Headers> => ({
  set: (headers, key, value) => {
    headers[key] = value;
  },
  target: () => ({ host, port }),
});
const plainSetter = {
  set: (headers: Headers, key: string, value: string) => {
    headers[key] = value;
  },
};

function requestOf(tenant: string | undefined, parent: Context = ROOT_CONTEXT): Context {
  const store = createRequestStore();
  if (tenant !== undefined) store.tenant = resolveTenant(tenant);
  return withRequestStore(parent, store);
}

test('takes the tenant and other baggage from a listed peer', () => {
  const headers = { traceparent, baggage: 'tenant.id=acme,region=eu' };
  const context = propagator.extract(ROOT_CONTEXT, headers, from('::ffff:10.0.0.7'));
  expect(tenantInBaggage(context)).toBe('acme');
  expect(propagation.getBaggage(context)?.getEntry('region')?.value).toBe('eu');
});

test.each([['10.0.0.9'], ['127.0.0.1'], [undefined]])(
  'drops all baggage that comes from %s, and keeps the trace',
  (address) => {
    const headers = { traceparent, baggage: 'tenant.id=acme,region=eu' };
    const context = propagator.extract(ROOT_CONTEXT, headers, from(address));
    expect(propagation.getBaggage(context)).toBeUndefined();
    expect(trace.getSpanContext(context)?.traceId).toBe(traceparent.slice(3, 35));
  },
);

test('drops baggage from a carrier whose sender is unknown, and keeps the own one', () => {
  const own = propagation.setBaggage(
    ROOT_CONTEXT,
    propagation.createBaggage({ mine: { value: '1' } }),
  );
  const context = propagator.extract(
    own,
    { baggage: 'tenant.id=acme' },
    { get: (headers, key) => headers[key as 'baggage'], keys: Object.keys },
  );
  expect(propagation.getBaggage(context)).toBe(propagation.getBaggage(own));
});

test('gives a listed host the tenant of the request, whatever the baggage said', () => {
  const headers: Headers = {};
  const stale = propagation.setBaggage(
    ROOT_CONTEXT,
    propagation.createBaggage({ 'tenant.id': { value: 'old' }, region: { value: 'eu' } }),
  );
  propagator.inject(requestOf('acme', stale), headers, to('10.0.0.8', 8080));
  expect(headers.baggage?.split(',').sort()).toEqual(['region=eu', 'tenant.id=acme']);
});

test('gives no other host any baggage', () => {
  const own = propagation.setBaggage(
    ROOT_CONTEXT,
    propagation.createBaggage({ 'tenant.id': { value: 'acme' }, region: { value: 'eu' } }),
  );
  for (const setter of [to('10.0.0.8', 9999), to('example.com', 443), plainSetter]) {
    const headers: Headers = {};
    propagator.inject(requestOf('acme', own), headers, setter);
    expect(headers.baggage).toBeUndefined();
  }
});

test('without a tenant, no tenant travels', () => {
  const headers: Headers = {};
  propagator.inject(requestOf(undefined), headers, to('10.0.0.7', 80));
  expect(headers.baggage).toBeUndefined();
});

test('carries the tenant also when OTEL_PROPAGATORS has no baggage', () => {
  const lean = tenantPropagator(new W3CTraceContextPropagator(), hosts);
  const headers: Headers = {};
  lean.inject(requestOf('acme'), headers, to('10.0.0.7', 80));
  expect(headers.baggage).toBe('tenant.id=acme');
  expect(tenantInBaggage(lean.extract(ROOT_CONTEXT, headers, from('10.0.0.7')))).toBe('acme');
  expect(lean.fields()).toContain('baggage');
});
