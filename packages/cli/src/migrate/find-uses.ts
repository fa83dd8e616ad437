import ts from 'typescript';
import { Evaluator } from './evaluate.ts';
import type { FoundMetric } from './find-metrics.ts';
import { descendants, type Sources } from './sources.ts';
import { ObjectValue, type Value } from './value.ts';

/** How a metric is used in the files. */
export interface Uses {
  /** Names of the methods that are called: `inc`, `set`, `observe`. */
  readonly methods: ReadonlySet<string>;
  /** By label: its values, as far as each call names one; undefined where one call does not. */
  readonly values: ReadonlyMap<string, readonly string[] | undefined>;
}

const RECORDING = new Set([
  'inc',
  'dec',
  'set',
  'observe',
  'startTimer',
  'labels',
  'setToCurrentTime',
]);
/** A closed list that is longer is no list that somebody thought of. */
const MOST_VALUES = 20;
const NONE: Uses = { methods: new Set(), values: new Map() };

/** The uses of each metric that a variable or property holds, found by that name. */
export function findUses(
  { files, checker }: Sources,
  metrics: readonly FoundMetric[],
): (metric: FoundMetric) => Uses {
  const evaluator = new Evaluator(checker);
  const wanted = new Set(metrics.map(({ variable }) => variable));
  const calls = new Map<string, ts.CallExpression[]>();
  for (const node of files.flatMap((file) => [...descendants(file)])) {
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) continue;
    const holder = nameOf(node.expression.expression);
    if (holder === undefined || !wanted.has(holder) || !RECORDING.has(node.expression.name.text))
      continue;
    const known = calls.get(holder) ?? [];
    known.push(node);
    calls.set(holder, known);
  }
  return ({ variable, labelNames }) => {
    const own = variable === undefined ? undefined : calls.get(variable);
    return own === undefined ? NONE : usesIn(evaluator, own, labelNames);
  };
}

/** `requests` of `this.metrics.requests.inc()` and of `requests.labels('a').inc()`. */
function nameOf(node: ts.Expression): string | undefined {
  if (ts.isIdentifier(node)) return node.text;
  return ts.isPropertyAccessExpression(node) ? node.name.text.replace(/^#/, '') : undefined;
}

function usesIn(
  evaluator: Evaluator,
  calls: readonly ts.CallExpression[],
  labelNames: readonly string[],
): Uses {
  const methods = new Set<string>();
  const values = new Map<string, Set<string> | undefined>();
  for (const call of calls) {
    const method = (call.expression as ts.PropertyAccessExpression).name.text;
    const after = method === 'labels' ? methodAfter(call) : undefined;
    methods.add(after ?? method);
    const named = labelsOf(evaluator, call, method, labelNames);
    for (const label of labelNames) {
      const given = named?.get(label);
      const known = values.has(label) ? values.get(label) : new Set<string>();
      if (given === undefined || known === undefined) values.set(label, undefined);
      else values.set(label, new Set([...known, ...given]));
    }
  }
  return {
    methods,
    values: new Map(
      Array.from(values, ([label, set]) => [
        label,
        set === undefined || set.size > MOST_VALUES ? undefined : [...set],
      ]),
    ),
  };
}

function methodAfter(call: ts.CallExpression): string | undefined {
  return ts.isPropertyAccessExpression(call.parent) ? call.parent.name.text : undefined;
}

/** The values that a call gives each label; a label that it does not name is missing. */
function labelsOf(
  evaluator: Evaluator,
  { arguments: args }: ts.CallExpression,
  method: string,
  labelNames: readonly string[],
): ReadonlyMap<string, readonly string[]> | undefined {
  const [first] = args;
  if (first === undefined) return undefined;
  if (ts.isObjectLiteralExpression(first)) {
    const value = evaluator.valueOf(first, new Map());
    if (!(value instanceof ObjectValue)) return undefined;
    return new Map(
      first.properties.flatMap((property) => {
        const label = property.name?.getText().replaceAll(/['"]/g, '') ?? '';
        const texts = ts.isPropertyAssignment(property)
          ? textsOf(evaluator, property.initializer)
          : textOfValue(value.entries.get(label) ?? null);
        return texts === undefined ? [] : [[label, texts] as const];
      }),
    );
  }
  if (method !== 'labels') return undefined;
  return new Map(
    labelNames.flatMap((label, index) => {
      const arg = args[index];
      const texts = arg === undefined ? undefined : textsOf(evaluator, arg);
      return texts === undefined ? [] : [[label, texts] as const];
    }),
  );
}

/** Also of `ok ? 'paid' : 'declined'`. */
function textsOf(evaluator: Evaluator, node: ts.Expression): readonly string[] | undefined {
  if (ts.isConditionalExpression(node)) {
    const [yes, no] = [textsOf(evaluator, node.whenTrue), textsOf(evaluator, node.whenFalse)];
    return yes === undefined || no === undefined ? undefined : [...yes, ...no];
  }
  return textOfValue(evaluator.valueOf(node, new Map()));
}

function textOfValue(value: Value): readonly string[] | undefined {
  const isPlain =
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return isPlain ? [String(value)] : undefined;
}
