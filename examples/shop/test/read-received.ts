import type { OtlpReceiver } from '@bellwether/testkit';
import type { LedgerEntry } from '../src/ledger/ledger-entry.ts';
import { type Measure, measures } from '../src/ledger/measures.ts';

/** The shop's books as its telemetry tells them: the newest points that the receiver got, summed over the processes. */
export function readReceived(receiver: OtlpReceiver): LedgerEntry[] {
  const counted = measures.flatMap((measure) =>
    receiver
      .points(measure.meter)
      .filter(({ attributes }) => isInTheBooks(measure, attributes))
      .map(({ attributes, value }) => ({
        measure: measure.name,
        tenant: String(attributes['tenant.id'] ?? ''),
        labels: Object.fromEntries(measure.by.map((name) => [name, String(attributes[name])])),
        value: value ?? 0,
      })),
  );
  const requests = receiver.points('http.server.request.duration').map(({ attributes, count }) => ({
    measure: 'requests',
    tenant: String(attributes['tenant.id'] ?? ''),
    labels: {},
    value: count ?? 0,
  }));
  return [...counted, ...requests].filter(({ tenant, value }) => tenant !== '' && value !== 0);
}

function isInTheBooks({ only = {} }: Measure, attributes: Readonly<Record<string, unknown>>) {
  return Object.entries(only).every(([name, values]) => values.includes(String(attributes[name])));
}
