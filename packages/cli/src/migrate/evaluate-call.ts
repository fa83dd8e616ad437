import ts from 'typescript';
import type { Bindings, Evaluator } from './evaluate.ts';
import { isList, isUnknown, ObjectValue, Unknown, unknownIn, type Value } from './value.ts';

type Known = (args: readonly Value[]) => Value;

/** Functions whose answer is known by their name: prom-client's for buckets, and those with which lists of names are written. */
const FUNCTIONS: ReadonlyMap<string, Known> = new Map<string, Known>([
  [
    'linearBuckets',
    ([start, width, count]) => series(start, count, (i) => num(start) + i * num(width)),
  ],
  [
    'exponentialBuckets',
    ([start, factor, count]) => {
      let next = num(start);
      return series(start, count, () => {
        const bucket = next;
        next *= num(factor);
        return bucket;
      });
    },
  ],
  ['Object.freeze', ([value]) => value ?? null],
  ['Object.keys', ([value]) => entriesOf(value).map(([key]) => key)],
  ['Object.values', ([value]) => entriesOf(value).map(([, each]) => each)],
  ['Object.entries', ([value]) => entriesOf(value)],
  ['Object.assign', (values) => new ObjectValue(new Map(values.flatMap(entriesOf)))],
  ['String', ([value]) => String(value)],
  ['Number', ([value]) => Number(value)],
]);

type Method = (self: Value, args: readonly Value[]) => Value | undefined;

/** Methods of texts and lists. */
const METHODS: ReadonlyMap<string, Method> = new Map<string, Method>([
  ['concat', (self, args) => (isList(self) ? [...self, ...args.flatMap(listOf)] : undefined)],
  ['join', (self, [by = ',']) => (isList(self) ? self.map(String).join(String(by)) : undefined)],
  ['slice', (self, [from, to]) => (isList(self) ? self.slice(...ends(from, to)) : undefined)],
  ['toLowerCase', (self) => (typeof self === 'string' ? self.toLowerCase() : undefined)],
  ['toUpperCase', (self) => (typeof self === 'string' ? self.toUpperCase() : undefined)],
  ['toString', (self) => String(self)],
]);

/** What a call gives. */
export function callOf(evaluator: Evaluator, node: ts.CallExpression, bindings: Bindings): Value {
  const args = argumentsOf(evaluator, node.arguments, bindings);
  const name = calleeName(node.expression);
  const known = FUNCTIONS.get(name) ?? FUNCTIONS.get(name.slice(name.lastIndexOf('.') + 1));
  if (known !== undefined) return args.find(isUnknown) ?? known(args);
  const own = functionOf(evaluator, node.expression);
  if (own !== undefined) return resultOf(evaluator, own, args, bindings);
  if (ts.isPropertyAccessExpression(node.expression)) {
    const self = evaluator.valueOf(node.expression.expression, bindings);
    if (isUnknown(self)) return self;
    const unknown = unknownIn([self, ...args]);
    if (unknown !== undefined) return unknown;
    const value = METHODS.get(node.expression.name.text)?.(self, args);
    if (value !== undefined) return value;
  }
  return new Unknown(`the result of ${name}()`);
}

/** Arguments with spreads opened; what can't be opened ends the list. */
export function argumentsOf(
  evaluator: Evaluator,
  args: readonly ts.Expression[],
  bindings: Bindings,
): Value[] {
  return args.flatMap((arg) => {
    if (!ts.isSpreadElement(arg)) return [evaluator.valueOf(arg, bindings)];
    const spread = evaluator.valueOf(arg.expression, bindings);
    return isList(spread) ? [...spread] : [new Unknown('spread arguments')];
  });
}

/** `client.linearBuckets`, as it is written. */
export function calleeName(node: ts.Expression): string {
  if (ts.isIdentifier(node)) return node.text;
  if (ts.isPropertyAccessExpression(node))
    return `${calleeName(node.expression)}.${node.name.text}`;
  return node.kind === ts.SyntaxKind.ThisKeyword ? 'this' : '';
}

export type OwnFunction = ts.FunctionDeclaration | ts.ArrowFunction | ts.FunctionExpression;

/** The function of these files that is called. */
function functionOf(evaluator: Evaluator, callee: ts.Expression): OwnFunction | undefined {
  if (!ts.isIdentifier(callee)) return undefined;
  const declaration = evaluator.declarationOf(callee);
  if (declaration === undefined) return undefined;
  if (ts.isFunctionDeclaration(declaration)) return declaration;
  if (!ts.isVariableDeclaration(declaration) || declaration.initializer === undefined)
    return undefined;
  const { initializer } = declaration;
  return ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer)
    ? initializer
    : undefined;
}

/** The result of a function that does nothing but return. */
function resultOf(
  evaluator: Evaluator,
  { body, parameters }: OwnFunction,
  args: readonly Value[],
  bindings: Bindings,
): Value {
  const only = body !== undefined && ts.isBlock(body) ? body.statements[0] : undefined;
  const result =
    body !== undefined && !ts.isBlock(body)
      ? body
      : only !== undefined && ts.isReturnStatement(only)
        ? only.expression
        : undefined;
  if (result === undefined) return new Unknown('the result of a function');
  return evaluator.valueOf(result, withParameters(evaluator, parameters, args, bindings));
}

/** The bindings, and what the parameters are in a call. */
export function withParameters(
  evaluator: Evaluator,
  parameters: readonly ts.ParameterDeclaration[],
  args: readonly Value[],
  bindings: Bindings,
): Bindings {
  const all = new Map(bindings);
  for (const [index, parameter] of parameters.entries()) {
    const { initializer, dotDotDotToken } = parameter;
    const given = dotDotDotToken === undefined ? args[index] : args.slice(index);
    const byDefault = initializer === undefined ? null : evaluator.valueOf(initializer, all);
    all.set(parameter, given ?? byDefault);
  }
  return all;
}

const num = (value: Value | undefined) => Number(value);
const listOf = (value: Value): readonly Value[] => (isList(value) ? value : [value]);
const entriesOf = (value: Value | undefined): [string, Value][] =>
  value instanceof ObjectValue ? [...value.entries] : [];
const ends = (from: Value | undefined, to: Value | undefined): [number?, number?] =>
  to === undefined ? [num(from ?? 0)] : [num(from), num(to)];

function series(
  start: Value | undefined,
  count: Value | undefined,
  bucket: (index: number) => number,
): Value {
  if (typeof start !== 'number' || typeof count !== 'number' || !(count > 0 && count <= 1_000))
    return new Unknown('a list of buckets');
  return Array.from({ length: count }, (_, index) => bucket(index));
}
