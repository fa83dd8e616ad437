import type { ResolvedSpec } from '../../../monitoring-spec.ts';
import {
  attempts,
  credentialsChecked,
  tokensIssued,
  unknownShare,
} from '../../../queries/auth-queries.ts';
import { panelScope } from '../../../query/query-scope.ts';
import { TENANT } from '../../../query/service-labels.ts';
import { authThresholds } from '../../../thresholds/auth-thresholds.ts';
import { type Row, row } from '../../frame/layout.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';
import { whenKnown } from '../business/when-known.ts';

/** Who gets in. Left out without an auth service. */
export function authRow(spec: ResolvedSpec): Row {
  const scope = panelScope(spec.histograms);
  const tried = attempts(spec, scope, { by: ['action', 'outcome'], of: 'rate' });
  if (tried === undefined) return row('Authentication', []);
  return row('Authentication', [
    timeSeries({
      title: 'Attempts by outcome',
      description: {
        shows: 'Attempts a second to log in and to register, by what came of them.',
        matters: 'Refused is a wrong password, mostly; failed is a fault of ours.',
        act: 'Failed: the service behind that knows the accounts. Many refused: see the next panel for whose they are.',
      },
      unit: unit.countsPerSecond,
      thresholds: neutral,
      stack: true,
      queries: [query(tried, '{{action}} {{outcome}}')],
    }),
    whenKnown(
      attempts(spec, scope, { by: [TENANT], of: 'rate', matchers: ['outcome="refused"'] }),
      (expr) =>
        timeSeries({
          title: 'Refused attempts by tenant',
          description: {
            shows: 'Attempts a second to log in or to register that were refused, by tenant.',
            matters: 'Somebody who guesses passwords is seen here first: one tenant rises alone.',
            act: 'See the runbook of LoginBruteForce.',
          },
          unit: unit.countsPerSecond,
          thresholds: neutral,
          queries: [query(expr, '{{tenant_id}}')],
        }),
    ),
    whenKnown(tokensIssued(spec, scope, { by: [TENANT], of: 'rate' }), (expr) =>
      timeSeries({
        title: 'Tokens given',
        description: {
          shows: 'Tokens a second given to users who logged in, by tenant.',
          matters: 'Everything that a customer does begins with one.',
          act: 'Falls while attempts do not: look at refused and failed ones.',
        },
        unit: unit.countsPerSecond,
        thresholds: neutral,
        stack: true,
        queries: [query(expr, '{{tenant_id}}')],
      }),
    ),
    whenKnown(credentialsChecked(spec, scope, { by: ['kind', 'outcome'], of: 'rate' }), (expr) =>
      timeSeries({
        title: 'Keys and tokens checked',
        description: {
          shows:
            'Keys and tokens a second that other services asked about, by whether anybody knows them.',
          matters: 'It is the load of this service, and grows with every request of the others.',
          act: 'When it limits everything, let the gateway remember an answer for some seconds.',
        },
        unit: unit.countsPerSecond,
        thresholds: neutral,
        stack: true,
        queries: [query(expr, '{{kind}} {{outcome}}')],
      }),
    ),
    whenKnown(unknownShare(spec, scope), (expr) =>
      timeSeries({
        title: 'Unknown keys and tokens',
        description: {
          shows:
            'Share of the keys and tokens shown that nobody knows. Requests that showed none are left out.',
          matters: 'Either somebody tries keys, or ours are lost: then everybody is logged out.',
          act: 'See the runbook of CredentialsUnknown.',
        },
        unit: unit.ratio,
        thresholds: badAbove(authThresholds.unknownCredentials),
        max: 1,
        queries: [query(expr, 'Unknown')],
      }),
    ),
  ]);
}
