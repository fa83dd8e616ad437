import { createRequestStore, requestStoreOf, withRequestStore } from '@bellwether/meters/runtime';
import {
  createContextKey,
  INVALID_SPAN_CONTEXT,
  propagation,
  ROOT_CONTEXT,
  trace,
} from '@opentelemetry/api';
import { getRPCMetadata, RPCType, setRPCMetadata } from '@opentelemetry/core';
import { expect, test } from 'vitest';
import { begunContext, requestContext } from './request-context.ts';

const span = () => trace.wrapSpanContext(INVALID_SPAN_CONTEXT);
const store = createRequestStore();
const foreign = createContextKey('of somebody else');

test('it answers to the keys of OpenTelemetry and to ours', () => {
  const server = span();
  const rpc = { type: RPCType.HTTP, span: server };
  const context = begunContext(requestContext(store), server, rpc);
  expect(trace.getSpan(context)).toBe(server);
  expect(requestStoreOf(context)).toBe(store);
  expect(getRPCMetadata(context)).toBe(rpc);
  expect(propagation.getBaggage(context)).toBeUndefined();
});

test('a value that is set or deleted leaves the context that it came from as it was', () => {
  const server = span();
  const inner = span();
  const other = createRequestStore();
  const before = trace.setSpan(requestContext(store), server);
  const after = withRequestStore(trace.setSpan(before, inner), other);
  expect([trace.getSpan(before), requestStoreOf(before)]).toEqual([server, store]);
  expect(trace.getSpan(after)).toBe(inner);
  expect(requestStoreOf(after)).toBe(other);
  expect(trace.getSpan(trace.deleteSpan(after))).toBeUndefined();
  expect(trace.getSpan(after)).toBe(inner);
});

test('baggage travels', () => {
  const baggage = propagation.createBaggage({ 'shop.id': { value: '7' } });
  const context = propagation.setBaggage(requestContext(store), baggage);
  expect(propagation.getBaggage(context)).toBe(baggage);
  expect(propagation.getBaggage(propagation.deleteBaggage(context))).toBeUndefined();
});

test('keys of others are kept through every change', () => {
  const context = trace.setSpan(requestContext(store).setValue(foreign, 1), span());
  expect(context.getValue(foreign)).toBe(1);
  const changed = context.setValue(foreign, 2);
  expect([context.getValue(foreign), changed.getValue(foreign)]).toEqual([1, 2]);
  expect(requestStoreOf(changed)).toBe(store);
  expect(changed.deleteValue(foreign).getValue(foreign)).toBeUndefined();
});

test('a propagator may answer with a context of its own', () => {
  const server = span();
  const rpc = { type: RPCType.HTTP, span: server };
  const context = begunContext(ROOT_CONTEXT.setValue(foreign, 1), server, rpc);
  expect(context.getValue(foreign)).toBe(1);
  expect(trace.getSpan(context)).toBe(server);
  expect(getRPCMetadata(setRPCMetadata(context, rpc))).toBe(rpc);
});
