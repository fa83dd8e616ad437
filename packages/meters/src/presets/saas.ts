import { oneOf, upTo } from '../attributes/kinds.ts';
import { counter, gauge } from '../catalog/definition.ts';
import { currency } from './commerce.ts';

const plan = upTo(30);

/** What a subscription business asks for first. MRR is an integer in minor units, per currency. */
export const saas = {
  signUps: counter('saas.sign_ups', {
    unit: '{user}',
    description: 'Users who registered, by plan',
    attributes: { plan },
  }),
  tenantsCreated: counter('saas.tenants.created', {
    unit: '{tenant}',
    description: 'New customers',
    tenant: false,
  }),
  subscriptions: gauge('saas.subscriptions', {
    unit: '{subscription}',
    description:
      'Subscriptions that run now, by plan, as the database knows them: every replica reports the same',
    attributes: { plan },
  }),
  subscriptionChanges: counter('saas.subscription.changes', {
    unit: '{change}',
    description:
      'Subscriptions started, upgraded, downgraded, renewed, cancelled or expired, by plan',
    attributes: {
      change: oneOf('started', 'upgraded', 'downgraded', 'renewed', 'cancelled', 'expired'),
      plan,
    },
  }),
  mrr: gauge('saas.mrr', {
    unit: '{minor_unit}',
    description: 'Monthly recurring revenue in minor units of the currency',
    attributes: { currency },
  }),
  churnedMrr: counter('saas.churned_mrr', {
    unit: '{minor_unit}',
    description: 'Monthly recurring revenue lost by cancellations, in minor units of the currency',
    attributes: { currency },
  }),
  featureUses: counter('saas.feature.uses', {
    unit: '{use}',
    description: 'Uses of a feature',
    attributes: { feature: upTo(100) },
  }),
  apiUses: counter('saas.api.uses', {
    unit: '{call}',
    description: 'Calls of a public API operation, by outcome',
    attributes: { operation: upTo(100), outcome: oneOf('succeeded', 'rejected', 'failed') },
  }),
} as const;
