import type { AttributeDraft } from './draft-attributes.ts';
import type { InstrumentDraft } from './draft-instrument.ts';
import type { Unread } from './find-metrics.ts';

export interface Draft {
  /** Of `defineMeters`. */
  readonly scope: string;
  /** As they are shown. */
  readonly files: readonly string[];
  readonly instruments: readonly InstrumentDraft[];
  readonly unread: readonly Unread[];
}

/** The draft as a TypeScript module that compiles. */
export function renderDraft({ scope, files, instruments, unread }: Draft): string {
  const used = [...new Set(instruments.map(({ kind }) => kind))];
  const attributes = instruments.flatMap((each) => each.attributes);
  const names = [
    ...used,
    'defineMeters',
    ...(attributes.some(({ values }) => values !== undefined) ? ['oneOf'] : []),
    ...(attributes.some(({ values }) => values === undefined) ? ['upTo'] : []),
  ].sort();
  return [
    `// A draft of a catalog, from ${files.join(', ')} by \`bellwether migrate\`.`,
    '// What is marked as a guess comes from a name or from the uses in these files: look at it, then delete the mark.',
    ...(instruments.some(({ hasTenant }) => !hasTenant)
      ? [
          '// `tenant: false` keeps the series of a metric that had no label for the tenant: delete it to have one each.',
        ]
      : []),
    `import { ${names.join(', ')} } from '@bellwether/meters';`,
    '',
    `export const meters = defineMeters(${quoted(scope)}, {`,
    instruments.map(renderInstrument).join('\n\n'),
    '});',
    ...renderUnread(unread),
    '',
  ].join('\n');
}

function renderInstrument(draft: InstrumentDraft): string {
  const { from, key, kind, name, description, unit, unitGuessed, boundaries, attributes } = draft;
  return [
    `  // ${from.file}:${from.line} ${from.type} ${from.name}`,
    ...draft.notes.map((note) => `  // Look: ${oneLine(note)}.`),
    `  ${key}: ${kind}(${quoted(name)}, {`,
    ...(unit === '' ? [] : [`    unit: ${quoted(unit)},${unitGuessed ? ' // guess' : ''}`]),
    ...(description === '' ? [] : [`    description: ${quoted(description)},`]),
    ...(boundaries === undefined ? [] : [`    boundaries: [${boundaries.join(', ')}],`]),
    ...renderAttributes(attributes),
    ...(draft.hasTenant ? [] : ['    tenant: false,']),
    '  }),',
  ].join('\n');
}

function renderAttributes(attributes: readonly AttributeDraft[]): string[] {
  if (attributes.length === 0) return [];
  const lines = attributes.map(({ key, values, limit }) =>
    values === undefined
      ? `      ${key}: upTo(${limit}), // guess`
      : `      ${key}: oneOf(${values.map(quoted).join(', ')}), // guess: the values in these files`,
  );
  return ['    attributes: {', ...lines, '    },'];
}

function renderUnread(unread: readonly Unread[]): string[] {
  if (unread.length === 0) return [];
  return [
    '',
    '// Not in the draft:',
    ...unread.map(
      ({ file, line, text, why }) => `// ${file}:${line} ${oneLine(text)}: ${oneLine(why)}`,
    ),
  ];
}

const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ');

function quoted(text: string): string {
  const escaped = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${escaped}'`;
}
