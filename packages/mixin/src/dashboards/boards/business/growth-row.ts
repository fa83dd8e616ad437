import type { ResolvedSpec } from '../../../monitoring-spec.ts';
import {
  counted,
  loginSuccessRatio,
  logins,
  registrations,
  sessionsActive,
} from '../../../queries/business-queries.ts';
import { newTenants, signUps } from '../../../queries/subscription-queries.ts';
import { perHour } from '../../../query/per-hour.ts';
import { businessThresholds } from '../../../thresholds/business-thresholds.ts';
import { type Row, row } from '../../frame/layout.ts';
import { query } from '../../panels/panel-query.ts';
import { badBelow, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { stat } from '../../panels/stat.ts';
import { timeSeries } from '../../panels/time-series.ts';
import { businessScopes } from './business-scopes.ts';
import { whenKnown } from './when-known.ts';

const instant = { instant: true };

/** Who comes, and who comes back. */
export function growthRow(spec: ResolvedSpec): Row {
  const { now, range } = businessScopes(spec);
  return row('Growth', [
    whenKnown(signUps(spec, range), (expr) =>
      stat({
        title: 'Sign-ups',
        description: {
          shows: 'Users who registered within the time range, on all plans.',
          matters: 'The first number of growth: what marketing brings and the form lets through.',
          act: 'When it falls, try to register yourself, then compare with the deployments and with campaigns.',
        },
        unit: unit.count,
        thresholds: neutral,
        queries: [query(expr, 'Sign-ups', instant)],
      }),
    ),
    whenKnown(newTenants(spec, range), (expr) =>
      stat({
        title: 'New tenants',
        description: {
          shows:
            'Customers created within the time range. They have no tenant yet, so the tenant variable does not filter them.',
          matters: 'Each one is a contract, and a place in the budget of series.',
          act: 'Many at once may be a script: compare with sign-ups. Above the tenant budget they share `__other__`.',
        },
        unit: unit.count,
        thresholds: neutral,
        queries: [query(expr, 'New tenants', instant)],
      }),
    ),
    whenKnown(sessionsActive(spec, now), (expr) =>
      stat({
        title: 'Sessions',
        description: {
          shows: 'Sessions that are open now, of all selected tenants.',
          matters: 'How many people a fault would meet this minute.',
          act: 'A sudden fall means that sessions are lost: look at Redis and at the last deployment.',
        },
        unit: unit.count,
        thresholds: neutral,
        queries: [query(expr, 'Sessions')],
      }),
    ),
    whenKnown(loginSuccessRatio(spec, range), (expr) =>
      stat({
        title: 'Successful logins',
        description: {
          shows: 'Share of attempts to log in that worked, over the time range.',
          matters:
            'Who can not log in can not buy; a low share may also be somebody who tries passwords.',
          act: 'See Logins by outcome for the reason. Many wrong credentials from few addresses: block those.',
        },
        unit: unit.ratio,
        thresholds: badBelow(businessThresholds.loginSuccessRatio),
        queries: [query(expr, 'Successful', instant)],
      }),
    ),
    whenKnown(signUps(spec, now, { by: ['plan'], of: 'rate' }), (expr) =>
      timeSeries({
        title: 'Sign-ups by plan',
        description: {
          shows: 'Users who register an hour, by the plan that they choose.',
          matters: 'Which offer people take, long before it shows in the revenue.',
          act: 'When one plan falls alone, check its price page; when all fall, check the form.',
        },
        unit: unit.count,
        thresholds: neutral,
        stack: true,
        queries: [query(perHour(expr), '{{plan}}')],
      }),
    ),
    whenKnown(registrations(spec, now, { by: ['outcome'], of: 'rate' }), (expr) =>
      timeSeries({
        title: 'Registrations by outcome',
        description: {
          shows:
            'Attempts to create an account an hour: succeeded, rejected for what was typed, failed by our fault.',
          matters: 'Somebody who is turned away here rarely tries a second time.',
          act: 'Failed: look for errors of the accounts component. Rejected: see what the form asks for.',
        },
        unit: unit.count,
        thresholds: neutral,
        queries: [query(perHour(expr), '{{outcome}}')],
      }),
    ),
    whenKnown(logins(spec, now, { by: ['outcome'], of: 'rate' }), (expr) =>
      timeSeries({
        title: 'Logins by outcome',
        description: {
          shows: 'Attempts to log in an hour, by outcome.',
          matters: 'Wrong credentials in great numbers are an attack; failures are our own fault.',
          act: 'For an attack, lock the accounts and limit the address; for failures, look at the database first.',
        },
        unit: unit.count,
        thresholds: neutral,
        queries: [query(perHour(expr), '{{outcome}}')],
      }),
    ),
    whenKnown(counted(spec, 'auth.tokens.rejected', now, { by: ['reason'], of: 'rate' }), (expr) =>
      timeSeries({
        title: 'Rejected tokens',
        description: {
          shows: 'Tokens and keys that were not accepted an hour, by reason.',
          matters:
            'Expired ones are normal. Unknown and malformed ones in numbers are somebody who guesses.',
          act: 'Limit the address they come from. Many expired at once: a client does not renew its token.',
        },
        unit: unit.count,
        thresholds: neutral,
        queries: [query(perHour(expr), '{{reason}}')],
      }),
    ),
    whenKnown(sessionsActive(spec, now, ['tenant_id']), (expr) =>
      timeSeries({
        title: 'Sessions by tenant',
        description: {
          shows: 'Sessions that are open, by tenant.',
          matters: 'A customer whose people stop coming is a customer who may leave.',
          act: 'When one tenant falls alone, open its dashboard and look for errors; then talk to them.',
        },
        unit: unit.count,
        thresholds: neutral,
        stack: true,
        queries: [query(expr, '{{tenant_id}}')],
      }),
    ),
  ]);
}
