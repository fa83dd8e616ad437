import ts from 'typescript';
import { callOf } from './evaluate-call.ts';
import { isList, isUnknown, member, ObjectValue, Unknown, type Value } from './value.ts';

/** Values of parameters and loop variables, by their declaration. */
export type Bindings = ReadonlyMap<ts.Node, Value>;

/** How deep constants may refer to constants. */
const DEEPEST = 40;

/** Finds what expressions of the user's files are, as far as that can be said without running them. */
export class Evaluator {
  readonly #checker: ts.TypeChecker;
  #depth = 0;

  constructor(checker: ts.TypeChecker) {
    this.#checker = checker;
  }

  /** Never throws. */
  valueOf(node: ts.Expression, bindings: Bindings): Value {
    if (this.#depth >= DEEPEST) return new Unknown('too deep');
    this.#depth += 1;
    try {
      return this.#evaluate(node, bindings);
    } finally {
      this.#depth -= 1;
    }
  }

  /** The declaration that a name stands for in its own file: an import where it is imported. */
  localDeclarationOf(name: ts.Node): ts.Declaration | undefined {
    return this.#checker.getSymbolAtLocation(name)?.declarations?.[0];
  }

  /** The declaration that a name stands for, in whichever of the files. */
  declarationOf(name: ts.Node): ts.Declaration | undefined {
    return this.#declarationIn(this.#checker.getSymbolAtLocation(name));
  }

  #evaluate(node: ts.Expression, bindings: Bindings): Value {
    if (ts.isStringLiteralLike(node)) return node.text;
    if (ts.isNumericLiteral(node)) return Number(node.text.replaceAll('_', ''));
    if (node.kind === ts.SyntaxKind.TrueKeyword) return true;
    if (node.kind === ts.SyntaxKind.FalseKeyword) return false;
    if (node.kind === ts.SyntaxKind.NullKeyword) return null;
    if (isWrapped(node)) return this.valueOf(node.expression, bindings);
    if (ts.isTemplateExpression(node)) return this.#template(node, bindings);
    if (ts.isArrayLiteralExpression(node)) return this.#array(node, bindings);
    if (ts.isObjectLiteralExpression(node)) return this.#object(node, bindings);
    if (ts.isIdentifier(node)) return this.#name(node, bindings);
    if (ts.isPropertyAccessExpression(node)) return this.#property(node, bindings);
    if (ts.isElementAccessExpression(node)) return this.#element(node, bindings);
    if (ts.isPrefixUnaryExpression(node)) return this.#prefix(node, bindings);
    if (ts.isBinaryExpression(node)) return this.#binary(node, bindings);
    if (ts.isConditionalExpression(node)) return this.#conditional(node, bindings);
    if (ts.isCallExpression(node)) return callOf(this, node, bindings);
    return new Unknown(textOf(node));
  }

  #template(node: ts.TemplateExpression, bindings: Bindings): Value {
    let text = node.head.text;
    for (const { expression, literal } of node.templateSpans) {
      const value = this.valueOf(expression, bindings);
      if (isUnknown(value)) return value;
      text += `${String(value)}${literal.text}`;
    }
    return text;
  }

  #array(node: ts.ArrayLiteralExpression, bindings: Bindings): Value {
    const values: Value[] = [];
    for (const element of node.elements) {
      if (!ts.isSpreadElement(element)) {
        values.push(this.valueOf(element, bindings));
        continue;
      }
      const spread = this.valueOf(element.expression, bindings);
      if (!isList(spread)) return isUnknown(spread) ? spread : new Unknown(textOf(element));
      values.push(...spread);
    }
    return values;
  }

  #object(node: ts.ObjectLiteralExpression, bindings: Bindings): Value {
    const entries = new Map<string, Value>();
    for (const property of node.properties) {
      if (ts.isSpreadAssignment(property)) {
        const spread = this.valueOf(property.expression, bindings);
        if (spread instanceof ObjectValue)
          for (const [key, value] of spread.entries) entries.set(key, value);
        else if (isUnknown(spread) && spread.variable !== undefined) return spread;
      } else if (ts.isPropertyAssignment(property)) {
        const key = this.#propertyName(property.name, bindings);
        if (key !== undefined) entries.set(key, this.valueOf(property.initializer, bindings));
      } else if (ts.isShorthandPropertyAssignment(property)) {
        entries.set(property.name.text, this.#shorthand(property, bindings));
      } else if (property.name !== undefined) {
        const key = this.#propertyName(property.name, bindings);
        if (key !== undefined) entries.set(key, new Unknown('a function'));
      }
    }
    return new ObjectValue(entries);
  }

  #propertyName(name: ts.PropertyName, bindings: Bindings): string | undefined {
    if (!ts.isComputedPropertyName(name)) return name.text;
    const value = this.valueOf(name.expression, bindings);
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  }

  #shorthand(node: ts.ShorthandPropertyAssignment, bindings: Bindings): Value {
    const symbol = this.#checker.getShorthandAssignmentValueSymbol(node);
    return this.#declared(this.#declarationIn(symbol), node.name.text, bindings);
  }

  #declarationIn(symbol: ts.Symbol | undefined): ts.Declaration | undefined {
    if (symbol === undefined) return undefined;
    const isAlias = (symbol.flags & ts.SymbolFlags.Alias) !== 0;
    const target = isAlias ? this.#checker.getAliasedSymbol(symbol) : symbol;
    return target.declarations?.[0] ?? symbol.declarations?.[0];
  }

  #name(node: ts.Identifier, bindings: Bindings): Value {
    if (node.text === 'undefined') return null;
    return this.#declared(this.declarationOf(node), node.text, bindings);
  }

  /** What a declaration stands for: a constant, a parameter or loop variable that is bound, a part of one, a member of an enum. */
  #declared(declaration: ts.Node | undefined, text: string, bindings: Bindings): Value {
    if (declaration === undefined) return new Unknown(`${text} is not declared here`);
    const bound = bindings.get(declaration);
    if (bound !== undefined) return bound;
    if (ts.isBindingElement(declaration)) return this.#bindingElement(declaration, bindings);
    if (ts.isParameter(declaration)) return new Unknown(`the parameter ${text}`, declaration);
    if (ts.isVariableDeclaration(declaration) || ts.isPropertyDeclaration(declaration)) {
      if (declaration.initializer !== undefined)
        return this.valueOf(declaration.initializer, bindings);
      const loop = declaration.parent?.parent;
      return loop !== undefined && ts.isForOfStatement(loop)
        ? new Unknown(`the loop variable ${text}`, declaration)
        : new Unknown(`${text} has no value where it is declared`);
    }
    if (ts.isPropertyAssignment(declaration))
      return this.valueOf(declaration.initializer, bindings);
    if (ts.isShorthandPropertyAssignment(declaration))
      return this.#shorthand(declaration, bindings);
    if (ts.isExportAssignment(declaration)) return this.valueOf(declaration.expression, bindings);
    if (ts.isBinaryExpression(declaration)) return this.valueOf(declaration.right, bindings);
    if (ts.isPropertyAccessExpression(declaration) && ts.isBinaryExpression(declaration.parent))
      return this.valueOf(declaration.parent.right, bindings);
    if (ts.isEnumMember(declaration)) return this.#enumMember(declaration, bindings);
    return new Unknown(`${text} is not a constant of these files`);
  }

  #bindingElement(element: ts.BindingElement, bindings: Bindings): Value {
    const { parent: pattern, initializer } = element;
    const whole = this.#patternValue(pattern.parent, bindings);
    if (isUnknown(whole)) return whole;
    const key = ts.isArrayBindingPattern(pattern)
      ? pattern.elements.indexOf(element)
      : this.#propertyName(element.propertyName ?? (element.name as ts.Identifier), bindings);
    const value = key === undefined ? null : member(whole, key);
    return value === null && initializer !== undefined
      ? this.valueOf(initializer, bindings)
      : value;
  }

  #patternValue(
    owner: ts.BindingElement | ts.ParameterDeclaration | ts.VariableDeclaration,
    bindings: Bindings,
  ): Value {
    return ts.isBindingElement(owner)
      ? this.#bindingElement(owner, bindings)
      : this.#declared(owner, owner.name.getText(), bindings);
  }

  #enumMember(declaration: ts.EnumMember, bindings: Bindings): Value {
    if (declaration.initializer !== undefined)
      return this.valueOf(declaration.initializer, bindings);
    return this.#checker.getConstantValue(declaration) ?? new Unknown('a member of an enum');
  }

  #property(node: ts.PropertyAccessExpression, bindings: Bindings): Value {
    const declaration = this.declarationOf(node.name);
    if (declaration !== undefined && (ts.isEnumMember(declaration) || isStatic(declaration)))
      return this.#declared(declaration, node.name.text, bindings);
    const whole = this.valueOf(node.expression, bindings);
    if (!isUnknown(whole)) return member(whole, node.name.text);
    if (whole.variable !== undefined) return whole;
    return declaration === undefined
      ? new Unknown(textOf(node))
      : this.#declared(declaration, node.name.text, bindings);
  }

  #element(node: ts.ElementAccessExpression, bindings: Bindings): Value {
    const key = this.valueOf(node.argumentExpression, bindings);
    if (isUnknown(key)) return key;
    return typeof key === 'string' || typeof key === 'number'
      ? member(this.valueOf(node.expression, bindings), key)
      : new Unknown(textOf(node));
  }

  #prefix(node: ts.PrefixUnaryExpression, bindings: Bindings): Value {
    const value = this.valueOf(node.operand, bindings);
    if (isUnknown(value)) return value;
    if (node.operator === ts.SyntaxKind.MinusToken) return -Number(value);
    if (node.operator === ts.SyntaxKind.PlusToken) return Number(value);
    return node.operator === ts.SyntaxKind.ExclamationToken ? !value : new Unknown(textOf(node));
  }

  #binary(node: ts.BinaryExpression, bindings: Bindings): Value {
    const left = this.valueOf(node.left, bindings);
    const operator = node.operatorToken.kind;
    const isFallback =
      operator === ts.SyntaxKind.BarBarToken || operator === ts.SyntaxKind.QuestionQuestionToken;
    // `process.env.PREFIX ?? 'app'`: the default is the best guess.
    if (isFallback)
      return (isUnknown(left) && left.variable === undefined) || left === null || left === ''
        ? this.valueOf(node.right, bindings)
        : left;
    const right = this.valueOf(node.right, bindings);
    if (isUnknown(left)) return left;
    if (isUnknown(right)) return right;
    if (operator === ts.SyntaxKind.PlusToken && (isText(left) || isText(right)))
      return `${String(left)}${String(right)}`;
    if (typeof left !== 'number' || typeof right !== 'number') return new Unknown(textOf(node));
    return ARITHMETIC.get(operator)?.(left, right) ?? new Unknown(textOf(node));
  }

  #conditional(node: ts.ConditionalExpression, bindings: Bindings): Value {
    const condition = this.valueOf(node.condition, bindings);
    if (isUnknown(condition)) return condition;
    return this.valueOf(condition ? node.whenTrue : node.whenFalse, bindings);
  }
}

const isText = (value: Value): value is string => typeof value === 'string';

const ARITHMETIC: ReadonlyMap<ts.SyntaxKind, (left: number, right: number) => number> = new Map([
  [ts.SyntaxKind.PlusToken, (left, right) => left + right],
  [ts.SyntaxKind.MinusToken, (left, right) => left - right],
  [ts.SyntaxKind.AsteriskToken, (left, right) => left * right],
  [ts.SyntaxKind.SlashToken, (left, right) => left / right],
  [ts.SyntaxKind.AsteriskAsteriskToken, (left, right) => left ** right],
]);

type Wrapped =
  | ts.ParenthesizedExpression
  | ts.AsExpression
  | ts.SatisfiesExpression
  | ts.NonNullExpression
  | ts.TypeAssertion;

export function isWrapped(node: ts.Node): node is Wrapped {
  return (
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isTypeAssertionExpression(node)
  );
}

function isStatic(declaration: ts.Declaration): boolean {
  return (
    ts.isPropertyDeclaration(declaration) &&
    declaration.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword) === true
  );
}

/** A few characters of the source, for a person. */
export function textOf(node: ts.Node): string {
  const text = node.getText().replaceAll(/\s+/g, ' ');
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
