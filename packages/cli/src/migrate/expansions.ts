import ts from 'typescript';
import type { Bindings, Evaluator } from './evaluate.ts';
import { argumentsOf, withParameters } from './evaluate-call.ts';
import { descendants } from './sources.ts';
import { isList, isUnknown, ObjectValue, type Value } from './value.ts';

/**
 * What a parameter or loop variable is, one set of bindings for each call or turn that the files show: of a loop over a list, of a function that is
 * handed to `map` or `forEach`, and of a function, method or constructor that is called.
 */
export function expansionsOf(
  evaluator: Evaluator,
  variable: ts.Node,
  files: readonly ts.SourceFile[],
  bindings: Bindings,
): Bindings[] {
  if (ts.isVariableDeclaration(variable)) return turnsOf(evaluator, variable, bindings);
  if (!ts.isParameter(variable)) return [];
  const owner = variable.parent;
  const overList = callbackTurns(evaluator, owner, bindings);
  if (overList.length > 0) return overList;
  return callsOf(evaluator, owner, files).map((args) =>
    withParameters(evaluator, owner.parameters, args, bindings),
  );
}

function turnsOf(
  evaluator: Evaluator,
  variable: ts.VariableDeclaration,
  bindings: Bindings,
): Bindings[] {
  const loop = variable.parent.parent;
  if (!ts.isForOfStatement(loop)) return [];
  const list = evaluator.valueOf(loop.expression, bindings);
  return isList(list) ? list.map((value) => new Map(bindings).set(variable, value)) : [];
}

const ITERATORS = new Set(['map', 'forEach', 'flatMap']);

function callbackTurns(
  evaluator: Evaluator,
  owner: ts.SignatureDeclaration,
  bindings: Bindings,
): Bindings[] {
  const call = owner.parent;
  if (!ts.isCallExpression(call) || !call.arguments.includes(owner as ts.ArrowFunction)) return [];
  const { expression: callee } = call;
  if (!ts.isPropertyAccessExpression(callee)) return [];
  const list = evaluator.valueOf(callee.expression, bindings);
  if (!isList(list)) return [];
  if (ITERATORS.has(callee.name.text))
    return list.map((value, index) =>
      withParameters(evaluator, owner.parameters, [value, index], bindings),
    );
  if (callee.name.text !== 'reduce') return [];
  const start = new ObjectValue(new Map());
  return list.map((value) => withParameters(evaluator, owner.parameters, [start, value], bindings));
}

/** The arguments of every call of a function, in all files. */
function callsOf(
  evaluator: Evaluator,
  owner: ts.SignatureDeclaration,
  files: readonly ts.SourceFile[],
): (readonly Value[])[] {
  const target = targetOf(owner);
  if (target === undefined) return [];
  const calls: (readonly Value[])[] = [];
  for (const file of files) {
    for (const node of descendants(file)) {
      if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) continue;
      if (ts.isNewExpression(node) !== ts.isConstructorDeclaration(owner)) continue;
      const callee = node.expression;
      const name = ts.isPropertyAccessExpression(callee) ? callee.name : callee;
      if (!ts.isIdentifier(name) && !ts.isPrivateIdentifier(name)) continue;
      if (!isCallOf(evaluator, name, target)) continue;
      const args = argumentsOf(evaluator, node.arguments ?? [], new Map());
      if (!args.some(isUnknown) || args.length > 0) calls.push(args);
    }
  }
  return calls;
}

interface Target {
  readonly name: string;
  readonly declaration: ts.Node;
}

/** What calls name: the function, the variable or property that holds it, the method, or the class of a constructor. */
function targetOf(owner: ts.SignatureDeclaration): Target | undefined {
  const declaration = ts.isConstructorDeclaration(owner)
    ? owner.parent
    : ts.isArrowFunction(owner) || ts.isFunctionExpression(owner)
      ? owner.parent
      : owner;
  const { name } = declaration as { readonly name?: ts.Node };
  if (name === undefined || !(ts.isIdentifier(name) || ts.isPrivateIdentifier(name)))
    return undefined;
  return { name: name.text, declaration };
}

/** By its declaration; where types would be needed to know it, by its name. */
function isCallOf(
  evaluator: Evaluator,
  name: ts.Identifier | ts.PrivateIdentifier,
  target: Target,
): boolean {
  if (name.text !== target.name && !ts.isIdentifier(name)) return false;
  const declaration = evaluator.declarationOf(name);
  return declaration === undefined ? name.text === target.name : declaration === target.declaration;
}
