import { meterError } from '../errors.ts';
import { labelName } from '../prometheus/label-name.ts';
import { TENANT_ATTRIBUTE } from '../tenant/tenant-attribute.ts';
import type { AttributeKind, AttributeKinds, RequiredKind } from './kinds.ts';

/** The most combinations that closed lists alone may make: each is a series per tenant. */
export const MAX_COMBINATIONS = 10_000;
/** Labels that Prometheus sets itself: an attribute of that name is overwritten, and its series become one. */
const TAKEN = new Set(['job', 'instance', 'le']);
const KEY = /^[A-Za-z][A-Za-z0-9_.-]{0,127}$/;

/** Throws for the first mistake in the declared attributes of the instrument called `name`. */
export function checkAttributes(name: string, attributes: AttributeKinds): void {
  const keys = Object.keys(attributes);
  if (keys.length > 20)
    throw meterError(
      'ERR_METER_SERIES',
      `the attributes of ${name}`,
      'at most 20',
      keys.length,
      'each one multiplies the series',
    );
  const labels = new Map<string, string>();
  let closed = 1;
  let space = 1;
  for (const key of keys) {
    checkKey(name, key, labels);
    const size = checkKind(name, key, attributes[key] as AttributeKind);
    space *= size.all;
    closed *= size.closed;
  }
  if (closed > MAX_COMBINATIONS || space > Number.MAX_SAFE_INTEGER)
    throw meterError(
      'ERR_METER_SERIES',
      `the combinations of ${name}`,
      `at most ${MAX_COMBINATIONS} by oneOf() and 2^53 in all`,
      closed > MAX_COMBINATIONS ? closed : space,
      'declare fewer attributes or smaller bounds',
    );
}

function checkKey(name: string, key: string, labels: Map<string, string>): void {
  const label = labelName(key);
  if (label === labelName(TENANT_ATTRIBUTE))
    throw meterError(
      'ERR_METER_ATTRIBUTE_TENANT',
      `the attributes of ${name}`,
      `free of ${TENANT_ATTRIBUTE}`,
      key,
      'every point gets its tenant by itself; use { tenant: false } for none',
    );
  if (!KEY.test(key))
    throw meterError(
      'ERR_METER_ATTRIBUTE_KEY',
      `an attribute key of ${name}`,
      'a letter followed by up to 127 letters, digits, ".", "_" or "-"',
      key,
      'rename it',
    );
  if (TAKEN.has(label))
    throw meterError(
      'ERR_METER_ATTRIBUTE_KEY',
      `an attribute key of ${name}`,
      `none of the labels that Prometheus sets itself (${[...TAKEN].join(', ')})`,
      key,
      'rename it, as in job.name',
    );
  const other = labels.get(label);
  if (other !== undefined)
    throw meterError(
      'ERR_METER_ATTRIBUTE_COLLISION',
      `the attributes ${other} and ${key} of ${name}`,
      'different Prometheus labels',
      label,
      'rename one: Prometheus turns every "." and "-" into "_"',
    );
  labels.set(label, key);
}

function checkKind(
  name: string,
  key: string,
  kind: AttributeKind,
): { all: number; closed: number } {
  const absent = kind?.kind === 'optional' ? 1 : 0;
  const of: RequiredKind = kind?.kind === 'optional' ? kind.of : kind;
  if (of?.kind === 'upTo') return { all: of.limit + 1 + absent, closed: 1 + absent };
  if (of?.kind !== 'oneOf')
    throw meterError(
      'ERR_METER_ATTRIBUTE_KIND',
      `the attribute ${key} of ${name}`,
      'oneOf(...), upTo(n) or optional(...)',
      kind,
      'declare what values it may take',
    );
  const { values } = of;
  if (
    values.length < 1 ||
    values.length > 1_000 ||
    new Set(values.map(String)).size !== values.length
  )
    throw meterError(
      'ERR_METER_ATTRIBUTE_KIND',
      `the values of ${key} of ${name}`,
      '1 to 1000 different ones',
      values.length,
      'remove the repeated ones or use upTo(n)',
    );
  for (const value of values)
    if (typeof value === 'string' ? !value.isWellFormed() : !isPlain(value))
      throw meterError(
        'ERR_METER_ATTRIBUTE_KIND',
        `a value of ${key} of ${name}`,
        'a string of whole characters, an integer or a boolean',
        value,
        'name it as a string',
      );
  if (absent === 1 && values.includes(''))
    throw meterError(
      'ERR_METER_ATTRIBUTE_KIND',
      `a value of the optional ${key} of ${name}`,
      'a text that is not empty',
      '',
      'leave the attribute out instead: for Prometheus both are one series',
    );
  return { all: values.length + absent, closed: values.length + absent };
}

function isPlain(value: unknown): boolean {
  return typeof value === 'boolean' || Number.isSafeInteger(value);
}
