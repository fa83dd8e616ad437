import ts from 'typescript';
import { type Bindings, Evaluator, isWrapped, textOf } from './evaluate.ts';
import { argumentsOf } from './evaluate-call.ts';
import { expansionsOf } from './expansions.ts';
import { type MetricSite, type PromType, promClientCall } from './prom-client-calls.ts';
import { descendants, lineOf, type Sources } from './sources.ts';
import { isList, isUnknown, member, ObjectValue, Unknown, unknownIn, type Value } from './value.ts';

/** A metric of prom-client, as far as the files say. */
export interface FoundMetric {
  readonly file: string;
  readonly line: number;
  readonly type: PromType;
  readonly name: string;
  readonly help: string;
  readonly labelNames: readonly string[];
  /** Of histograms; undefined for prom-client's default. */
  readonly buckets: readonly number[] | undefined;
  /** It is observed by `collect()`. */
  readonly collects: boolean;
  /** The variable or property that holds it. */
  readonly variable: string | undefined;
  /** What a person should know of it. */
  readonly notes: readonly string[];
}

/** Something of prom-client that is not in the draft. */
export interface Unread {
  readonly file: string;
  readonly line: number;
  readonly text: string;
  readonly why: string;
}

export interface Findings {
  readonly metrics: readonly FoundMetric[];
  readonly unread: readonly Unread[];
}

const MOST_EXPANSIONS = 500;

/** Finds the metrics that the files make, and what of prom-client could not be read. */
export function findMetrics({ files, checker }: Sources): Findings {
  const evaluator = new Evaluator(checker);
  const metrics: FoundMetric[] = [];
  const unread: Unread[] = [];
  for (const file of files) {
    for (const node of descendants(file)) {
      if (!ts.isNewExpression(node) && !ts.isCallExpression(node)) continue;
      const site = promClientCall(evaluator, node);
      if (site === undefined) continue;
      if (typeof site === 'string') unread.push({ ...placeOf(node), why: site });
      else
        for (const read of readSite(evaluator, site, files))
          'why' in read ? unread.push(read) : metrics.push(read);
    }
  }
  return { metrics: withoutRepeats(metrics, unread), unread };
}

/** The metrics that one place makes: several in a loop or in a function that is called more than once. */
function readSite(
  evaluator: Evaluator,
  site: MetricSite,
  files: readonly ts.SourceFile[],
): (FoundMetric | Unread)[] {
  const found: (FoundMetric | Unread)[] = [];
  const waiting: Bindings[] = [new Map()];
  for (let tries = 0; tries < MOST_EXPANSIONS; tries++) {
    const bindings = waiting.shift();
    if (bindings === undefined) return found;
    const config = configOf(evaluator, site, bindings);
    const unknown = missingIn(config);
    const expansions =
      unknown?.variable === undefined
        ? []
        : expansionsOf(evaluator, unknown.variable, files, bindings);
    if (expansions.length > 0) waiting.push(...expansions);
    else if (unknown !== undefined)
      found.push({ ...placeOf(site.node), why: `${unknown.why} is not known before it runs` });
    else found.push(metricOf(site, config));
  }
  return found;
}

type Config = Readonly<Record<'name' | 'help' | 'labelNames' | 'buckets' | 'collect', Value>>;

/** The arguments of prom-client 11 and later, one object, or those before, in their order. */
function configOf(evaluator: Evaluator, { node, type }: MetricSite, bindings: Bindings): Config {
  const args = argumentsOf(evaluator, node.arguments ?? [], bindings);
  const [first = null, help = null, third = null, fourth = null] = args;
  if (typeof first === 'string') {
    const labelNames = isList(third) ? third : [];
    const more = isList(third) ? fourth : third;
    const buckets = type === 'histogram' && more !== null ? member(more, 'buckets') : null;
    return { name: first, help, labelNames, buckets, collect: null };
  }
  const of = (key: string) => member(first, key);
  return {
    name: of('name'),
    help: of('help'),
    labelNames: of('labelNames') ?? [],
    buckets: type === 'histogram' ? of('buckets') : null,
    collect: first instanceof ObjectValue ? of('collect') : null,
  };
}

/** The part without which there is no draft. */
function missingIn({ name, help, labelNames, buckets }: Config): Unknown | undefined {
  const unknown = unknownIn([name, labelNames]);
  if (unknown !== undefined) return unknown;
  if (typeof name !== 'string') return new Unknown('its name');
  if (labelNames !== null && !isList(labelNames)) return new Unknown('the list of its labels');
  // These may be left open, unless another value of a variable could tell.
  return [help, buckets].map(unknownIn).find((each) => each?.variable !== undefined);
}

function metricOf({ node, type }: MetricSite, config: Config): FoundMetric {
  const { name, help, labelNames, buckets, collect } = config;
  const notes: string[] = [];
  if (isUnknown(help)) notes.push(`its help is not known before it runs: ${help.why}`);
  const known = isList(buckets) && buckets.every((each) => typeof each === 'number');
  if (buckets !== null && !known)
    notes.push(
      `its buckets are not known before it runs: ${isUnknown(buckets) ? buckets.why : 'they are no list of numbers'}`,
    );
  const { file, line } = placeOf(node);
  return {
    file,
    line,
    type,
    name: String(name),
    help: typeof help === 'string' ? help : '',
    labelNames: isList(labelNames) ? labelNames.map(String) : [],
    buckets: known ? (buckets as readonly number[]) : undefined,
    collects: collect !== null,
    variable: variableOf(node),
    notes,
  };
}

function placeOf(node: ts.Node): Omit<Unread, 'why'> {
  return { file: node.getSourceFile().fileName, line: lineOf(node), text: textOf(node) };
}

const ASSIGNMENTS: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.EqualsToken,
  ts.SyntaxKind.QuestionQuestionEqualsToken,
  ts.SyntaxKind.BarBarEqualsToken,
]);

/** What the metric is assigned to, where the value is used as it is. */
function variableOf(node: ts.Node): string | undefined {
  const { parent } = node;
  if (parent === undefined) return undefined;
  if (isWrapped(parent)) return variableOf(parent);
  if (ts.isBinaryExpression(parent)) {
    const operator = parent.operatorToken.kind;
    if (!ASSIGNMENTS.has(operator)) return variableOf(parent);
    return ts.isPropertyAccessExpression(parent.left)
      ? parent.left.name.text.replace(/^#/, '')
      : ts.isIdentifier(parent.left)
        ? parent.left.text
        : undefined;
  }
  const isNamed =
    ts.isVariableDeclaration(parent) ||
    ts.isPropertyAssignment(parent) ||
    ts.isPropertyDeclaration(parent);
  if (!isNamed) return undefined;
  return ts.isIdentifier(parent.name) || ts.isStringLiteral(parent.name)
    ? parent.name.text
    : ts.isPrivateIdentifier(parent.name)
      ? parent.name.text.slice(1)
      : undefined;
}

/** The first of a name stands; another one of the same is listed, unless it is the same in all. */
function withoutRepeats(metrics: readonly FoundMetric[], unread: Unread[]): FoundMetric[] {
  const first = new Map<string, FoundMetric>();
  for (const metric of metrics) {
    const known = first.get(metric.name);
    if (known === undefined) first.set(metric.name, metric);
    else if (shapeOf(known) !== shapeOf(metric)) {
      const { file, line, name } = metric;
      unread.push({
        file,
        line,
        text: name,
        why: `it is already made in line ${known.line}, differently`,
      });
    }
  }
  return [...first.values()];
}

const shapeOf = ({ type, labelNames, buckets }: FoundMetric) =>
  JSON.stringify([type, labelNames, buckets]);
