import ts from 'typescript';
import { type Evaluator, isWrapped } from './evaluate.ts';
import { calleeName } from './evaluate-call.ts';

export type PromType = 'counter' | 'gauge' | 'histogram' | 'summary';

const CLASSES: Readonly<Record<string, PromType>> = {
  Counter: 'counter',
  Gauge: 'gauge',
  Histogram: 'histogram',
  Summary: 'summary',
};
/** Of @willsoto/nestjs-prometheus. */
const PROVIDERS: Readonly<Record<string, PromType>> = {
  makeCounterProvider: 'counter',
  makeGaugeProvider: 'gauge',
  makeHistogramProvider: 'histogram',
  makeSummaryProvider: 'summary',
};

/** Calls that make no metric of the user's, and what stands for them here. */
const OTHERS: Readonly<Record<string, string>> = {
  collectDefaultMetrics:
    'default metrics: the SDK measures the process and Node.js by itself; see the table in the guide',
  promBundle:
    'express-prom-bundle: the SDK measures HTTP by itself; the optional rules file keeps its names',
  Pushgateway: 'a push gateway: the SDK pushes by OTLP, also from a job that ends',
  setDefaultLabels: 'default labels: name them once in OTEL_RESOURCE_ATTRIBUTES',
  AggregatorRegistry:
    'a registry for a cluster: each worker of the SDK exports by itself, under an instance of its own',
};

/** A place where a metric is made. */
export interface MetricSite {
  readonly node: ts.NewExpression | ts.CallExpression;
  readonly type: PromType;
}

/** What a call or a `new` is to prom-client: a metric, something with a word for the person, or nothing. */
export function promClientCall(
  evaluator: Evaluator,
  node: ts.NewExpression | ts.CallExpression,
): MetricSite | string | undefined {
  const callee = unwrapped(node.expression);
  const last = nameOf(callee);
  if (ts.isNewExpression(node)) {
    const type = classOf(evaluator, callee) ?? classByShape(last, node.arguments?.[0]);
    if (type !== undefined) return { node, type };
    return last === 'Pushgateway' || last === 'AggregatorRegistry' ? OTHERS[last] : undefined;
  }
  const provided = PROVIDERS[last];
  if (provided !== undefined) return { node, type: provided };
  if (last === 'collectDefaultMetrics' || last === 'setDefaultLabels') return OTHERS[last];
  return importedFrom(evaluator, callee) === 'express-prom-bundle' ? OTHERS.promBundle : undefined;
}

const unwrapped = (node: ts.Expression): ts.Expression =>
  isWrapped(node) ? unwrapped(node.expression) : node;

function nameOf(callee: ts.Expression): string {
  const name = calleeName(callee);
  return name.slice(name.lastIndexOf('.') + 1);
}

/** `Counter` as prom-client exports it, whatever it is called here. */
function classOf(evaluator: Evaluator, node: ts.Expression): PromType | undefined {
  if (ts.isPropertyAccessExpression(node))
    return isNamespace(evaluator, node.expression) ? CLASSES[node.name.text] : undefined;
  if (!ts.isIdentifier(node)) return undefined;
  const declaration = evaluator.localDeclarationOf(node);
  if (declaration === undefined) return undefined;
  if (ts.isImportSpecifier(declaration))
    return moduleOf(declaration) === 'prom-client'
      ? CLASSES[(declaration.propertyName ?? declaration.name).text]
      : classOfTarget(evaluator, node, declaration);
  if (ts.isBindingElement(declaration)) {
    const owner = declaration.parent.parent;
    const isPart =
      ts.isVariableDeclaration(owner) &&
      owner.initializer !== undefined &&
      isNamespace(evaluator, owner.initializer);
    const name = declaration.propertyName ?? declaration.name;
    return isPart && ts.isIdentifier(name) ? CLASSES[name.text] : undefined;
  }
  return ts.isVariableDeclaration(declaration) && declaration.initializer !== undefined
    ? classOf(evaluator, unwrapped(declaration.initializer))
    : undefined;
}

/** `export { Counter } from 'prom-client'` in another file of the user. */
function classOfTarget(
  evaluator: Evaluator,
  node: ts.Identifier,
  local: ts.Declaration,
): PromType | undefined {
  const target = evaluator.declarationOf(node);
  if (target === undefined || target === local) return undefined;
  if (!ts.isExportSpecifier(target) && !ts.isImportSpecifier(target)) return undefined;
  return moduleOf(target) === 'prom-client'
    ? CLASSES[(target.propertyName ?? target.name).text]
    : undefined;
}

/** prom-client as a whole. */
function isNamespace(evaluator: Evaluator, given: ts.Expression): boolean {
  const node = unwrapped(given);
  if (importedFrom(evaluator, node) === 'prom-client') return true;
  // fastify-metrics and others hand the module on: fastify.metrics.client.
  return ts.isPropertyAccessExpression(node) && /^(client|promClient|prom)$/.test(node.name.text);
}

/** The module that an expression stands for as a whole: by a default or namespace import, or by `require`. */
function importedFrom(evaluator: Evaluator, given: ts.Expression): string | undefined {
  const node = unwrapped(given);
  if (ts.isCallExpression(node) && nameOf(node.expression) === 'require') {
    const [specifier] = node.arguments;
    return specifier !== undefined && ts.isStringLiteralLike(specifier)
      ? specifier.text
      : undefined;
  }
  if (ts.isAwaitExpression(node)) return importedFrom(evaluator, node.expression);
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const [specifier] = node.arguments;
    return specifier !== undefined && ts.isStringLiteralLike(specifier)
      ? specifier.text
      : undefined;
  }
  if (ts.isPropertyAccessExpression(node) && node.name.text === 'default')
    return importedFrom(evaluator, node.expression);
  if (!ts.isIdentifier(node)) return undefined;
  const declaration = evaluator.localDeclarationOf(node);
  if (declaration === undefined) return undefined;
  if (ts.isImportClause(declaration) || ts.isNamespaceImport(declaration))
    return moduleOf(declaration);
  if (ts.isImportEqualsDeclaration(declaration)) {
    const { moduleReference } = declaration;
    return ts.isExternalModuleReference(moduleReference) &&
      ts.isStringLiteralLike(moduleReference.expression)
      ? moduleReference.expression.text
      : undefined;
  }
  return ts.isVariableDeclaration(declaration) && declaration.initializer !== undefined
    ? importedFrom(evaluator, declaration.initializer)
    : undefined;
}

function moduleOf(node: ts.Node): string | undefined {
  for (let at: ts.Node | undefined = node; at !== undefined; at = at.parent) {
    if (!ts.isImportDeclaration(at) && !ts.isExportDeclaration(at)) continue;
    const { moduleSpecifier } = at;
    return moduleSpecifier !== undefined && ts.isStringLiteralLike(moduleSpecifier)
      ? moduleSpecifier.text
      : undefined;
  }
  return undefined;
}

/** A class of that name, made with a name and a help, from wherever it was imported. */
function classByShape(last: string, argument: ts.Expression | undefined): PromType | undefined {
  if (argument === undefined || !ts.isObjectLiteralExpression(argument)) return undefined;
  const keys = argument.properties.map(({ name }) => name?.getText());
  return keys.includes('name') && keys.includes('help') ? CLASSES[last] : undefined;
}
