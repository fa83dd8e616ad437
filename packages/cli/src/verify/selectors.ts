import { parser } from '@prometheus-io/lezer-promql';

/** One `metric{matchers}` of a PromQL expression. */
export interface Selector {
  /** As it is written, without range and offset. */
  readonly text: string;
  /** `undefined` where `__name__` is matched by a regular expression or not at all. */
  readonly metric: string | undefined;
  /** Each as it is written: `job=~"a|b"`. */
  readonly matchers: readonly Matcher[];
  /** `[5m]`, or empty. */
  readonly range: string;
  /** `offset 1w`, or empty. */
  readonly offset: string;
}

export interface Matcher {
  readonly label: string;
  readonly text: string;
}

/**
 * The selectors of an expression in order, each once, by Prometheus' own grammar.
 * @example selectorsOf('rate(a_total{job="x"}[5m]) / b').map(({ metric }) => metric); // ['a_total', 'b']
 */
export function selectorsOf(expression: string): readonly Selector[] {
  const found = new Map<string, Selector>();
  parser.parse(expression).iterate({
    enter({ name, node }) {
      if (name !== 'VectorSelector') return;
      const selector = read(expression, node as Node);
      found.set(`${selector.text}${selector.range}${selector.offset}`, selector);
    },
  });
  return [...found.values()];
}

/** The part of lezer's `SyntaxNode` that is used here. */
interface Node {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly parent: Node | null;
  getChild(name: string): Node | null;
  getChildren(name: string): Node[];
}

function read(expression: string, node: Node): Selector {
  const text = (of: Node) => expression.slice(of.from, of.to);
  const braces = node.getChild('LabelMatchers');
  const identifier = node.getChild('Identifier');
  const quoted = braces?.getChild('QuotedLabelName');
  const matchers = [
    ...(braces?.getChildren('UnquotedLabelMatcher') ?? []),
    ...(braces?.getChildren('QuotedLabelMatcher') ?? []),
  ].map((matcher) => ({ label: labelOf(text(matcher)), text: text(matcher) }));
  const named = matchers.find(({ text }) => /^__name__\s*=(?!~)/.test(text));
  const metric = identifier
    ? text(identifier)
    : quoted
      ? unquoted(text(quoted))
      : named && unquoted(named.text.replace(/^__name__\s*=\s*/, ''));
  const matrix = node.parent?.name === 'MatrixSelector' ? node.parent : undefined;
  const whole = matrix ?? node;
  const shifted = whole.parent?.name === 'OffsetExpr' ? whole.parent : undefined;
  return {
    text: text(node),
    metric,
    matchers: matchers.filter((matcher) => matcher !== named),
    range: matrix === undefined ? '' : expression.slice(node.to, matrix.to).trim(),
    offset: shifted === undefined ? '' : expression.slice(whole.to, shifted.to).trim(),
  };
}

const labelOf = (matcher: string) => unquoted(/^("[^"]*"|[^=!~\s]+)/.exec(matcher)?.[0] ?? '');
const unquoted = (text: string) => text.replace(/^["'`]|["'`]$/g, '');

/** The same selector with other matchers. */
export function withMatchers(
  { metric }: Pick<Selector, 'metric'>,
  matchers: readonly Matcher[],
): string {
  const plain = metric === undefined || /^[A-Za-z_:][\w:]*$/.test(metric);
  const inside = [
    ...(plain ? [] : [JSON.stringify(metric)]),
    ...matchers.map(({ text }) => text),
  ].join(',');
  return `${plain ? (metric ?? '') : ''}{${inside}}`;
}
