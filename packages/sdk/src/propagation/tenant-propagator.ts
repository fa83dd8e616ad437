import { requestStoreOf, TENANT_ATTRIBUTE } from '@bellwether/meters/runtime';
import {
  type Baggage,
  type Context,
  propagation,
  type TextMapPropagator,
} from '@opentelemetry/api';
import { W3CBaggagePropagator } from '@opentelemetry/core';
import type { BaggageHosts } from './baggage-hosts.ts';
import { peerOf, storeOf, targetOf } from './peer-carrier.ts';

const field = 'baggage';

/**
 * Lets W3C baggage travel only between hosts on the allow-list, and puts the tenant of the current request into it.
 *
 * - In: baggage from a listed peer is taken, its `tenant.id` names the tenant; so is that of a job in a queue whose server is listed. From
 *   anyone else, and from carriers whose sender is not known (messages), all baggage is dropped: a header is a claim and not an identity.
 * - Out: a listed host gets the baggage of the context with the current tenant. Everyone else gets none.
 *
 * Everything else, such as `traceparent`, is `inner`'s and travels as `OTEL_PROPAGATORS` says.
 *
 * @see https://www.w3.org/TR/baggage/
 */
export function tenantPropagator(inner: TextMapPropagator, hosts: BaggageHosts): TextMapPropagator {
  const baggage = new W3CBaggagePropagator();
  const innerFields = inner.fields();
  const innerHasBaggage = innerFields.includes(field);
  const fields = innerHasBaggage ? innerFields : [...innerFields, field];

  return {
    fields: () => [...fields],

    extract: (context, carrier, getter) => {
      const extracted = inner.extract(context, carrier, getter);
      if (
        getter.get(carrier, field) !== undefined &&
        (hosts.trustsPeer(peerOf(carrier, getter)) || hosts.trustsTarget(storeOf(carrier, getter)))
      ) {
        return innerHasBaggage ? extracted : baggage.extract(extracted, carrier, getter);
      }
      return withBaggageOf(context, extracted);
    },

    inject: (context, carrier, setter) => {
      if (!hosts.trustsTarget(targetOf(carrier, setter))) {
        inner.inject(withoutBaggage(context), carrier, setter);
        return;
      }
      const outgoing = withTenant(context);
      inner.inject(outgoing, carrier, setter);
      if (!innerHasBaggage) baggage.inject(outgoing, carrier, setter);
    },
  };
}

/** The tenant that trusted baggage names, unchecked; `undefined` when there is none. */
export function tenantInBaggage(context: Context): string | undefined {
  return propagation.getBaggage(context)?.getEntry(TENANT_ATTRIBUTE)?.value;
}

function withTenant(context: Context): Context {
  const tenant = requestStoreOf(context)?.tenant?.id;
  const others = asHeader(
    propagation.getBaggage(context) ?? propagation.createBaggage(),
  ).removeEntry(TENANT_ATTRIBUTE);
  return propagation.setBaggage(
    context,
    tenant === undefined ? others : others.setEntry(TENANT_ATTRIBUTE, { value: tenant }),
  );
}

/** What HTTP carries. */
const printable = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Upstream writes metadata as it stands; with what no header may have in it the whole request would fail. */
function asHeader(baggage: Baggage): Baggage {
  let result = baggage;
  for (const [key, { value, metadata }] of baggage.getAllEntries())
    if (metadata !== undefined && !printable.test(metadata.toString()))
      result = result.setEntry(key, { value });
  return result;
}

function withoutBaggage(context: Context): Context {
  return propagation.getBaggage(context) === undefined
    ? context
    : propagation.deleteBaggage(context);
}

/** `extracted` with the baggage that `before` had: what the carrier brought is gone. */
function withBaggageOf(before: Context, extracted: Context): Context {
  const own = propagation.getBaggage(before);
  if (propagation.getBaggage(extracted) === own) return extracted;
  return own === undefined
    ? propagation.deleteBaggage(extracted)
    : propagation.setBaggage(extracted, own);
}
