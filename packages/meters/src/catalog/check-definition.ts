import { checkAttributes } from '../attributes/check-attributes.ts';
import { meterError } from '../errors.ts';
import { labelName } from '../prometheus/label-name.ts';
import { checkObjective } from './check-objective.ts';
import { checkUnit } from './check-unit.ts';
import type { InstrumentDefinition } from './definition.ts';

const KINDS = new Set(['counter', 'upDownCounter', 'gauge', 'histogram']);
/** https://opentelemetry.io/docs/specs/otel/metrics/api/#instrument-name-syntax */
const NAME = /^[A-Za-z][A-Za-z0-9_.\-/]{0,254}$/;

/** Of a release: what follows major and minor does not matter. */
const RELEASE = /^\d+\.\d+(\.\d+)?([-+][\w.+-]+)?$/;

/** Throws for the first mistake in one definition; the codes are listed in errors.ts. */
export function checkDefinition(key: string, definition: InstrumentDefinition): void {
  if (!KINDS.has(definition?.kind))
    throw meterError(
      'ERR_METER_NAME',
      `the meter ${key}`,
      'made by counter(), upDownCounter(), gauge() or histogram()',
      definition,
      'call one of them',
    );
  const { name, description } = definition;
  if (typeof name !== 'string' || !NAME.test(name))
    throw meterError(
      'ERR_METER_NAME',
      `the instrument name of ${key}`,
      'a letter followed by up to 254 letters, digits, "_", ".", "-" or "/"',
      name,
      'see the OpenTelemetry instrument name rules',
    );
  if (typeof description !== 'string' || description.length > 1_024)
    throw meterError(
      'ERR_METER_DESCRIPTION',
      `the description of ${name}`,
      'a string of at most 1024 characters',
      description,
      'shorten it',
    );
  checkRename(definition);
  checkUnit(name, definition.unit);
  checkAttributes(name, definition.attributes);
  if (definition.kind === 'histogram') checkBuckets(definition);
  checkObjective(definition);
}

function checkRename({ name, renamedFrom }: InstrumentDefinition): void {
  if (renamedFrom === undefined) return;
  const { name: old, since } = { ...renamedFrom };
  if (typeof old !== 'string' || !NAME.test(old) || labelName(old) === labelName(name))
    throw meterError(
      'ERR_METER_RENAMED',
      `the name that ${name} had before`,
      'an instrument name that is another one in Prometheus too',
      old,
      'write the name that it had, or leave renamedFrom out',
    );
  if (typeof since !== 'string' || !RELEASE.test(since))
    throw meterError(
      'ERR_METER_RENAMED',
      `the release since which ${name} has its name`,
      "a version as '1.4' or '1.4.0'",
      since,
      'write the release of your application',
    );
}

function checkBuckets({ name, boundaries, exponential }: InstrumentDefinition): void {
  if (boundaries !== undefined && exponential !== undefined)
    throw meterError(
      'ERR_METER_BOUNDARIES',
      `the buckets of ${name}`,
      'boundaries or exponential',
      'both',
      'remove one',
    );
  if (boundaries !== undefined) {
    const increasing =
      Array.isArray(boundaries) &&
      boundaries.length <= 200 &&
      boundaries.every(
        (bound, i) => Number.isFinite(bound) && (i === 0 || bound > (boundaries[i - 1] as number)),
      );
    if (!increasing)
      throw meterError(
        'ERR_METER_BOUNDARIES',
        `the boundaries of ${name}`,
        'up to 200 finite, increasing numbers',
        String(boundaries),
        'sort them and leave out infinity, it is there by itself',
      );
  }
  if (exponential === undefined) return;
  const { maxSize, maxScale } = exponential;
  if (!Number.isInteger(maxSize) || maxSize < 2 || maxSize > 160)
    throw meterError(
      'ERR_METER_EXPONENTIAL',
      `maxSize of ${name}`,
      'an integer from 2 to 160',
      maxSize,
      'leave it out for 160',
    );
  if (!Number.isInteger(maxScale) || maxScale < -10 || maxScale > 20)
    throw meterError(
      'ERR_METER_EXPONENTIAL',
      `maxScale of ${name}`,
      'an integer from -10 to 20',
      maxScale,
      'leave it out for 20',
    );
}
